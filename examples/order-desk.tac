-- A customer asks about an order. An agent looks it up, then writes the answer; each turn may use only the tool
-- that the turn is for. The models are mocked below, so this runs without any key.

local done = require("tactus.tools.done")

find_order = Tool {
    description = "Find an order by its number",
    input = {number = field.string{required = true, description = "Order number, such as A-1001"}},
    function(args)
        local orders = {
            ["A-1001"] = {status = "shipped", days = 2, item = "Field microscope"},
            ["A-1002"] = {status = "waiting", days = 9, item = "Slide set"},
        }
        local order = orders[args.number]
        if not order then error("there is no order " .. args.number) end
        return order
    end
}

write_reply = Tool {
    description = "Write the reply that the customer gets",
    input = {
        status = field.string{required = true},
        days = field.integer{required = true},
        tone = field.string{default = "friendly", enum = {"friendly", "formal"}},
    },
    function(args)
        local greeting = args.tone == "formal" and "Dear customer," or "Hello!"
        return string.format("%s Your order is %s and arrives in %d days.", greeting, args.status, args.days)
    end
}

clerk = Agent {
    provider = "openai",
    model = "gpt-4o-mini",
    system_prompt = "You answer questions about orders. Today is {input.today}.",
    tools = {find_order, write_reply, done},
}

-- `run_tools` lets the mocked model really call the tools, as a model would.
Mocks {
    clerk = {
        message = "",
        temporal = {
            {
                message = "I found the order.",
                run_tools = true,
                tool_calls = {{tool = "find_order", args = {number = "A-1001"}}},
            },
            {
                message = "The reply is written.",
                run_tools = true,
                tool_calls = {
                    {tool = "write_reply", args = {status = "shipped", days = 2}},
                    {tool = "done", args = {reason = "reply written"}},
                },
            },
        },
    },
}

Procedure {
    input = {
        order = field.string{default = "A-1001", description = "Number of the order"},
    },
    output = {
        reply = field.string{required = true, description = "What the customer gets"},
        today = field.string{required = true},
    },
    function(input)
        -- The clock is read inside a checkpoint: a resumed run sees the same day again.
        local today = Step.checkpoint(function() return os.date("%Y-%m-%d") end)

        clerk({message = "Where is order " .. input.order .. "?", today = today, tools = {find_order}})
        state.order = find_order.last_result()

        clerk({message = "Write the reply.", today = today, tools = {write_reply, done}})

        -- The broker answers this outside the sandbox, where keys and the network are.
        local ping = Host.call("host.ping", {value = 1})
        Log.info("the broker answered", {value = ping.value})

        return {reply = write_reply.last_result(), today = today}
    end
}
