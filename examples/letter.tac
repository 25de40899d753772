-- Asks people: a review that may change the text, then an approval that nobody gives by accident.
-- Without a terminal the run ends and waits: `tactus-studio runs respond`, then `runs resume`.

Hitl("send", {
    type = "approval",
    message = "Send the letter?",
    timeout = 24 * 3600,
})

Procedure {
    input = {customer = field.string{default = "Ann"}},
    output = {
        sent = field.boolean{required = true},
        letter = field.string{required = true},
    },
    function(input)
        local draft = "Dear " .. input.customer .. ",\n\nyour order is on its way.\n"
        local review = Human.review({
            message = "Is the letter right?",
            artifact = draft,
            artifact_type = "letter",
            options = {
                {label = "Approve", value = "approved", style = "primary"},
                {label = "Reject", value = "rejected", style = "danger"},
            },
        })
        if review.decision == "rejected" then
            return {sent = false, letter = draft}
        end
        local letter = review.edited_artifact or draft
        local sent = Human.approve({config_key = "send", context = {to = input.customer}})
        return {sent = sent, letter = letter}
    end,
}

Specification([[
Feature: letters
  Scenario: an approved letter is sent
    Given the procedure has started
    When the procedure runs
    Then the procedure should complete successfully
    And the output sent should be True
]])
