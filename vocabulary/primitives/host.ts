import type { PrimitiveEntry } from "../entries.ts";

/** `System` (language.md part B §2.11). */
export const systemPrimitive: PrimitiveEntry = {
  name: "System",
  doc: "Alerts for whoever operates the run.",
  phase: "both",
  functions: [
    {
      name: "alert",
      parameters: [
        {
          name: "options",
          types: ["table"],
          doc: "The alert.",
          fields: [
            { name: "message", types: ["text"], default: "Alert", doc: "What is wrong." },
            {
              name: "level",
              types: ["text"],
              default: "info",
              values: ["info", "warning", "error", "critical"],
              doc: "How bad it is.",
            },
            { name: "source", types: ["text"], doc: "Where it comes from." },
            { name: "context", types: ["table"], isOpen: true, doc: "Data beside it." },
          ],
        },
      ],
      returns: ["nil"],
      doc: "Raises an alert: an entry of the log that is marked as one.",
      example: 'System.alert {message = "Budget nearly spent", level = "warning"}',
    },
  ],
};

/** `Host` (language.md part B §2.11). */
export const hostPrimitive: PrimitiveEntry = {
  name: "Host",
  doc: "Tools on the person's machine, as far as trusted configuration allows them.",
  phase: "procedure",
  functions: [
    {
      name: "call",
      parameters: [
        {
          name: "name",
          types: ["text"],
          required: true,
          refersTo: "hostTool",
          doc: "Name of the host tool, such as host.ping.",
        },
        { name: "args", types: ["table"], isOpen: true, doc: "Its arguments by name." },
      ],
      returns: ["any"],
      effect: "external",
      reaches: [{ capability: "tool.host", by: "name" }],
      advice: "Wrap it: `Step.checkpoint(function() return Host.call(name, args) end)`.",
      doc: "Calls a tool of the host. One that the configuration does not allow is refused. A resumed run takes the recorded result; outside of a checkpoint that holds only while the code before it stays.",
      example: 'local answer = Step.checkpoint(function() return Host.call("host.ping", {n = 1}) end)',
    },
  ],
};
