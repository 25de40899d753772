Procedure {
    function()
        File.write("written.txt", "from the procedure")
        return {text = File.read("written.txt")}
    end
}
