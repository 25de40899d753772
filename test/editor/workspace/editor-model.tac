helper = Agent {
    provider = "vscode",
    model = "a-model-that-nobody-brings",
    system_prompt = "You help.",
    tools = {},
}

Procedure {
    function()
        return {text = helper("Hello").output}
    end
}
