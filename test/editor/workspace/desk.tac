-- A desk that answers from a mocked model: no input, so it runs without a form.

local done = require("tactus.tools.done")

find_order = Tool {
    description = "Find an order by its number",
    input = {number = field.string{required = true}},
    function(args)
        return {number = args.number, status = "shipped"}
    end
}

clerk = Agent {
    provider = "openai",
    model = "gpt-4o-mini",
    system_prompt = "You answer questions about orders.",
    tools = {find_order, done},
}

Mocks {
    clerk = {
        message = "",
        temporal = {
            {
                message = "I found it.",
                run_tools = true,
                tool_calls = {{tool = "find_order", args = {number = "A-1001"}}},
            },
        },
    },
}

Procedure {
    output = {reply = field.string{required = true}},
    function()
        local today = Step.checkpoint(function() return "Monday" end)
        clerk({message = "Where is my order?", tools = {find_order}})
        state.order = find_order.last_result()
        Log.info("$(flame) [look](command:workbench.action.closeWindow)")
        return {reply = "It comes on " .. today}
    end
}
