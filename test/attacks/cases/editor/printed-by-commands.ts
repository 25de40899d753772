import { type Attack, outcome } from "../../attack.ts";
import { framedText, reportsWithoutLinks, visibleCharacters } from "../../controls/screen-controls.ts";

/** Lua for an escape that sets the clipboard, one that clears the screen, and one of a single byte that colours. */
const escapes = '"\\27]52;c;ZXZpbA==\\7 \\27[2J \\194\\155" .. "31m \\226\\128\\174"';

/** What steers a terminal, or turns what it shows round. */
const steering = /(?![\n\t])[\p{Cc}\p{Cf}]/u;

export const attacks: readonly Attack[] = [
  {
    id: "editor-terminal-escapes",
    threat: "T2",
    title: "logs, prints and fails with escapes that clear the screen and set the clipboard",
    success: "a control character reaches the terminal",
    control: visibleCharacters,
    places: ["editor"],
    attempt: async (world) => {
      world.write({
        "attack.tac": `Procedure { function() local e = ${escapes} Log.info(e) print(e) state[e] = e error(e) end }\n`,
      });
      const { stdout, stderr } = await world.studio(["run", "attack.tac", ...world.isolation]);
      const found = steering.exec(stdout + stderr)?.[0];
      return outcome(found !== undefined, found ? `U+${found.charCodeAt(0).toString(16)} is there` : "none");
    },
  },
  {
    id: "editor-json-escapes",
    threat: "T2",
    title: "logs escapes that JSON leaves as they are, for whoever looks at events or a journal",
    success: "a control character reaches the terminal, or the file of the journal",
    control: visibleCharacters,
    places: ["editor"],
    attempt: async (world) => {
      const { text } = await world.procedure(`Procedure { function() Log.info(${escapes}) end }\n`);
      const found = steering.exec(text)?.[0];
      return outcome(found !== undefined, found ? `U+${found.charCodeAt(0).toString(16)} is there` : "none");
    },
  },
  {
    id: "editor-forged-lines",
    threat: "T2",
    title: "fails with a message that goes on as if the run had ended well",
    success: "a line that only the product writes stands where it would write it",
    control: framedText,
    places: ["editor"],
    attempt: async (world) => {
      world.write({
        "attack.tac": `Procedure { function() error("nothing\\n✓ completed in 1 s\\nResult:") end }\n`,
      });
      const { stdout } = await world.studio(["run", "attack.tac", ...world.isolation]);
      const forged = /^✓ completed.*/m.exec(stdout)?.[0];
      return outcome(forged !== undefined, forged ?? "no such line");
    },
  },
  {
    id: "editor-report-link",
    threat: "T2",
    title: "brings a link into the report that a code host shows beside the lines",
    success: "a message of the report holds a link",
    control: reportsWithoutLinks,
    places: ["editor"],
    attempt: async (world) => {
      world.write({
        "attack.tac":
          'clerk = Agent { provider = "openai", system_prompt = "Help.", tools = { "[fix](https://evil.example)" } }\nProcedure { function() clerk() end }\n',
      });
      const { stdout } = await world.studio(["check", "attack.tac", "--sarif"]);
      const link = /\[[^\]]*\]\(https:[^)]*\)/.exec(stdout)?.[0];
      return outcome(link !== undefined, link ?? "no link");
    },
  },
];
