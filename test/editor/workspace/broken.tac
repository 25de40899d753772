Procedure {
    function()
        return {
    end
}
