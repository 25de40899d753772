Procedure {
    function()
        local approved = Human.approve({
            message = "Send the letter to all 400 customers?",
            context = {subject = "Your order", first = "ann@example.org"},
        })
        local tone = Human.select({message = "Which tone?", options = {"friendly", "formal"}})
        local name = Human.input({message = "Who signs?", placeholder = "First and last name"})
        local review = Human.review({
            message = "Is the letter right?",
            artifact = "Dear customer,\n\nyour order is on its way.\n",
        })
        return {approved = approved, tone = tone, name = name, decision = review.decision}
    end
}
