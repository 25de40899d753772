Procedure {
    function()
        local tone = Human.select({message = "Which tone?", options = {"friendly", "formal"}})
        local review = Human.review({
            message = "Is the letter right?",
            original = "Dear customer,\n",
            artifact = "Dear " .. tone .. " customer,\n",
        })
        return {tone = tone, decision = review.decision, letter = review.edited_artifact}
    end
}
