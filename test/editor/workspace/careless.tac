find_order = Tool {
    description = "Find an order by its number",
    input = {number = field.string{required = true}},
    function(args)
        return {number = args.numbr, status = "shipped"}
    end
}

clerk = Agent {
    provider = "openai",
    model = "gpt-4o-mini",
    system_prompt = "Help {input.customer} with their order.",
    tools = {find_order, "refund"},
}

Procedure {
    input = {costumer = field.string{required = true}},
    output = {reply = field.string{required = true}},
    function(input)
        local today = os.date()
        while true do
            clerk({message = inpt.costumer})
        end
    end
}
