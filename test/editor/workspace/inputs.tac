Procedure {
    input = {
        city = field.string{required = true, description = "Where to look"},
        days = field.integer{default = 3},
        unit = field.string{enum = {"metric", "imperial"}, default = "metric"},
        cached = field.boolean{default = true},
    },
    function(input)
        return {text = input.city .. " " .. input.days .. " " .. input.unit}
    end
}
