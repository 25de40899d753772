Procedure {
    function()
        local size = Human.select({message = "Which size?", options = {"small", "large"}})
        return {size = size}
    end
}
