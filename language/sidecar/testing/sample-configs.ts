/** Config files and sidecars as people write them; tests start from these. */
export const sampleConfigs: readonly string[] = [
  `# How runs of this folder are confined.
sandbox:
  enabled: true
  timeout: 3600          # seconds
  network: "none"
  limits:
    memory: "2g"
    cpus: "2"
`,
  `default_provider: openai
default_model: gpt-4o-mini
openai: { api_key: "\${OPENAI_API_KEY}" }
aws: { default_region: us-east-1, profile: dev }
tool_paths: ["./tools", "./more/one_tool.py"]
mcp_servers:
  files:
    command: npx
    args: ["-y", "@scope/server-files@1.4.2", "."]
    env: { STAGE: test }
    cwd: "."
    timeout: 5
    read_timeout: 300
    max_retries: 1
  shared: { broker: true }
sandbox:
  volumes:
    - ./data:/data:ro
    - "../other:/other:rw"
  env: &variables
    STAGE: test
    LIMIT: 3
    ON: true
  network: bridge
notifications: { enabled: false, channels: { slack: { token: x } } }
control: { enabled: true, channels: { cli: { enabled: auto }, ipc: { enabled: true } } }
`,
  `---
inputs:
  topic: |
    Several lines
    of a topic
  limit: 3
  tags:
  - one
  - two
host_tools:
  allow: [git.status, host.ping]
  tools:
    git.status:
      command: [git, status, --short]
      description: >-
        Lists what
        has changed.
      env: [GITHUB_TOKEN]
      input:
        path: { type: string, required: true, description: "Where: a folder" }
        mode:
          type: string
          enum: [short, long]
          default: short
`,
  `providers:
  local:
    kind: openai-compatible
    base_url: http://localhost:11434/v1
    headers: { "X-Team": docs }
    prices:
      "us.model-1:0": &price { input: 0.5, output: 1.5 }
      other: *price
default_toolsets: [files, plugin]
`,
  `{
  "sandbox": { "timeout": 60, "limits": { "memory": "512m" } },
  "default_model": 'it''s'
}
`,
  `limits: { cost: 1.5, tokens: 200000, turns: 50, tool_calls: 200 }
host_tools:
  allow: [tickets.create, team.greet, editor.save]
  tools:
    tickets.create:
      request:
        method: POST
        url: https://tickets.example.com/projects/{project}/tickets
        query: { notify: "{title}" }
        headers: { Authorization: "Bearer {TICKETS_TOKEN}" }
        body: { title: "{title}", labels: [fixed, "{title}"] }
        secrets: [TICKETS_TOKEN]
      input:
        project: { type: string, required: true, pattern: "^[a-z]+$" }
        title: { type: string, default: untitled }
      approval: each
      limits: { calls_per_minute: 10, calls_per_run: 5, argument_size: 64k, result_size: 1m }
    team.greet: { module: ./tools.mjs, export: greet, env: [STAGE], timeout: 5 }
    editor.save:
      editor_command: workbench.action.files.saveAll
      arguments: [{ all: true }]
`,
];
