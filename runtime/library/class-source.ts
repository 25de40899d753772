/** The `class` that library modules offer: copies the base's members, so that metamethods are inherited too. */
export const classSource = `
local function class(base)
  local made = {}
  for key, value in pairs(base or {}) do made[key] = value end
  made._base = base
  made.__index = made
  function made:new(config)
    local object = setmetatable({}, self)
    if object.init then object:init(config or {}) end
    return object
  end
  return made
end
`;
