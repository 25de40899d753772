/** A procedure without agents: what a run costs by itself. */
export const trivial = `Procedure {
    output = {sum = field.number{required = true}},
    function(input) return {sum = 40 + 2} end
}
`;

/** Direct calls of one Lua tool; each is two events in the journal. */
export function toolCalls(count: number): string {
  return `add = Tool {
    description = "Sum of two numbers",
    input = {a = field.number{required = true}, b = field.number{required = true}},
    function(args) return args.a + args.b end
}

Procedure {
    function(input)
        local sum = 0
        for i = 1, ${count} do sum = add({a = sum, b = i}) end
        return sum
    end
}
`;
}

/** Work for the Lua machine alone: calls, loops, tables, texts; the result is the seconds that it took. */
export const machineWork = `local function unused()
    return "never called"
end

local function fibonacci(n)
    if n < 2 then return n end
    return fibonacci(n - 1) + fibonacci(n - 2)
end

local function fields(count)
    local point = {x = 0, y = 0}
    for i = 1, count do
        point.x = point.x + i
        point.y = point.y - i
    end
    return point.x + point.y
end

local function sorted(count)
    local list = {}
    for i = 1, count do list[i] = (i * 7919) % count end
    table.sort(list, function(left, right) return left < right end)
    return list[1]
end

local function texts(count)
    local pieces = {}
    for i = 1, count do pieces[#pieces + 1] = ("item %d"):format(i) end
    return #table.concat(pieces)
end

Procedure {
    function(input)
        local started = os.clock()
        fibonacci(29)
        fields(2000000)
        sorted(60000)
        texts(100000)
        return os.clock() - started
    end
}
`;
