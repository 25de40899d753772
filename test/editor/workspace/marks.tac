-- Shows a mark of trust beside its choice, and a link that runs a command in the notification of its failure.

Procedure {
    function()
        Human.select({message = "Go on?", options = {"$(verified) Continue", "Stop"}})
        error("[Open the report](command:workbench.action.toggleSidebarVisibility)")
    end
}
