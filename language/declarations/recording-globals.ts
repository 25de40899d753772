import { declarations } from "#vocabulary/words.ts";

/**
 * Lua code that stands in for the runtime while a file's top level is evaluated: every declaration is noted and
 * nothing is done. Whatever a program takes from elsewhere (a module, an agent's answer) is a stand-in that can be
 * called, indexed, compared and joined without end.
 *
 * It gets `note(kind, name, config)` and gives back nothing.
 */
export const recordingGlobals: string = `
local note = ...
local behaviour = {}
local function standIn() return setmetatable({}, behaviour) end
behaviour.__index = function() return standIn() end
behaviour.__call = function() return standIn() end
behaviour.__concat = function() return "" end
behaviour.__tostring = function() return "" end
behaviour.__len = function() return 0 end
behaviour.__lt = function() return false end
behaviour.__le = function() return true end
for _, operator in ipairs { "add", "sub", "mul", "div", "mod", "pow", "unm", "idiv" } do
  behaviour["__" .. operator] = function() return 0 end
end

local function declaration(kind)
  return function(first, second)
    if type(first) ~= "string" then return note(kind, nil, first, standIn()) end
    if type(second) == "table" then return note(kind, first, second, standIn()) end
    return function(config) return note(kind, first, config, standIn()) end
  end
end
for _, kind in ipairs { ${declarations.map((name) => `"${name}"`).join(", ")} } do _G[kind] = declaration(kind) end

field = setmetatable({}, { __index = function(_, kind)
  return function(options)
    local made = { type = kind }
    for key, value in pairs(options or {}) do made[key] = value end
    return made
  end
end })
input = setmetatable({}, { __index = behaviour.__index, __call = function(_, config)
  return note("input", nil, config, standIn())
end })
function require() return standIn() end
setmetatable(_G, { __index = function(_, name)
  if name ~= "main" then return standIn() end
end })
`;
