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
