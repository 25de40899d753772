-- Tasks that are run by their names:
--   tactus-studio run examples/tasks.tac report
-- What they write lies beside this file, in the changes of the run.

local csv = require("tactus.io.csv")
local json = require("tactus.io.json")

collect = Task {
    entry = function()
        csv.write("out/orders.csv", {
            {customer = "Ann", total = 12.5},
            {customer = "Bob", total = 7},
            {customer = "Ann", total = 3},
        })
    end,
}

report = Task {
    depends_on = "collect",
    entry = function()
        local totals = {}
        for _, order in ipairs(csv.read("out/orders.csv")) do
            totals[order.customer] = (totals[order.customer] or 0) + tonumber(order.total)
        end
        json.write("out/totals.json", totals)
        return totals
    end,
}
