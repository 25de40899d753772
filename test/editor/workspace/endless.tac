Procedure {
    function()
        Log.info("started")
        while true do end
    end
}
