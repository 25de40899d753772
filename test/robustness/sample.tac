-- Sorts letters: one agent reads, one writes. Written to touch every kind of construct in sixty lines.
local done = require("tactus.tools.done")
local rules = require("rules")

---@class Letter
---@field text string

--- Finds a letter by its number.
find_letter = Tool {
    description = "Find a letter",
    input = {
        number = field.integer{required = true, description = "its number"},
        language = field.string{default = "en", enum = {"en", "de"}},
    },
    function(args)
        local letters <const> = { [1] = "Bonjour", ["two"] = 'say "hi"', 0x1F // 2, 3e-2 }
        if not letters[args.number] then error("no letter " .. args.number) end
        return { text = letters[args.number], length = #letters, odd = args.number % 2 ~= 0 }
    end
}

desk = Toolset { tools = {find_letter, done} }

reader = Agent {
    provider = "openai",
    model = "gpt-4o-mini",
    system_prompt = [[
You read letters for {input.name}.
Answer in {state.language}.
]],
    temperature = 0.2,
    tools = {find_letter, "done", "desk"},
}

Mocks { reader = { message = "read", tool_calls = {{tool = "find_letter", args = {number = 1}}} } }

--[==[ The entry. ]==]
main = Procedure {
    input = { name = field.string{default = "Ann"}, count = field.number{default = 3} },
    output = { reply = field.string{required = true} },
    function(input)
        state.language = rules.language or "en"
        for index = 1, input.count do
            local answer = reader({ message = "Letter " .. index, tools = {find_letter} })
            if answer.output == "" then goto continue end
            Log.info("read", { text = answer.output, at = index })
            ::continue::
        end
        local day = Step.checkpoint(function() return os.date("%A") end)
        while State.get("open") do break end
        repeat local last = find_letter.last_result() until last == nil or true
        return { reply = string.format("%s: %d\z
            letters", day, input.count) }
    end
}
Specification [[
Feature: Letters
  Scenario: One is read
    Given the procedure has started
    When the procedure runs
    Then the find_letter tool should be called
]]
