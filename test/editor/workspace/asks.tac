-- asks.tac.yml beside it asks for more than a run gets.
Procedure {
    function()
        return { answer = 42 }
    end
}
