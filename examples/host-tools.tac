-- Tools on the host, outside of the sandbox. `host.ping` is always there; what else there is stands in your own config,
-- ~/.tactus/config.yml (docs/host-tools.md):
--
--     host_tools:
--       allow: [git.log]
--       tools:
--         git.log:
--           description: The last commits that touched a file.
--           command: [git, -C, /path/to/repository, log, --oneline, "-n{count}", --, "{path}"]
--           output: text
--           input:
--             path: { type: string, required: true }
--             count: { type: integer, default: 10, minimum: 1, maximum: 100 }

Procedure {
    input = {path = field.string{default = "README.md", description = "File of the repository"}},
    output = {is_open = field.boolean{required = true}, log = field.string{required = true}},
    function(input)
        local ping = Step.checkpoint("ping", function() return Host.call("host.ping", {n = 1}) end)
        local log = Step.checkpoint("log", function()
            local allowed, answer = pcall(Host.call, "git.log", {path = input.path})
            return allowed and answer or "git.log is not allowed here: " .. tostring(answer)
        end)
        return {is_open = ping.ok, log = log}
    end,
}
