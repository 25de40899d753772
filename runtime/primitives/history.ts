import type { LuaFunction } from "#lua/engine.ts";
import type { Vm } from "../vm/vm.ts";

/** In Lua, so that a history goes when nothing holds it. Its functions may be called with a dot or a colon. */
const source = `
local roles = { system = true, user = true, assistant = true, tool = true }
local characters_per_token = 4

local function length(message)
  return utf8.len(tostring(message.content)) or #tostring(message.content)
end

local function checked(message)
  if type(message) ~= "table" then error("History: a message is a table with role and content.", 0) end
  if not roles[message.role] then error("History: a message needs a 'role': system, user, assistant or tool.", 0) end
  if message.content == nil then error("History: a message needs a 'content'.", 0) end
  return message
end

return function(given)
  local messages, history = {}, {}
  for _, message in ipairs(given or {}) do messages[#messages + 1] = checked(message) end

  local functions = {
    add = function(message) messages[#messages + 1] = checked(message) end,
    clear = function() messages = {} end,
    truncate = function(count)
      for index = #messages, math.max(0, count) + 1, -1 do messages[index] = nil end
    end,
    count_tokens = function()
      local total = 0
      for _, message in ipairs(messages) do total = total + length(message) end
      return total // characters_per_token
    end,
    get = function(window, tokens)
      local first, left = 1, tokens and tokens * characters_per_token
      if window then first = math.max(1, #messages - window + 1) end
      if left then
        local index = #messages
        while index >= first and left >= length(messages[index]) do
          left = left - length(messages[index])
          index = index - 1
        end
        first = index + 1
      end
      return table.move(messages, first, #messages, 1, {})
    end,
  }
  for name, run in pairs(functions) do
    history[name] = function(first, ...)
      if rawequal(first, history) then return run(...) end
      return run(first, ...)
    end
  end
  return history
end`;

/** `History()` and `History({messages})`: a list of messages of its own. */
export function historyPrimitive(vm: Vm): LuaFunction {
  const [made] = vm.engine.load(source, "=tactus/History").call();
  if (typeof made !== "object" || made.kind !== "function") throw new Error("History became no function.");
  return made.retain();
}
