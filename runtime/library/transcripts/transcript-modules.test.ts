import { describe, expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { runSource } from "../../testing/run-source.ts";

const word = (text: string, start: number, end: number, speaker?: number) => ({
  word: text.toLowerCase().replace(/\W/g, ""),
  punctuated_word: text,
  start,
  end,
  ...(speaker === undefined ? {} : { speaker }),
});

const utterances = {
  results: {
    utterances: [
      {
        transcript: "Good day.",
        start: 0,
        end: 1,
        speaker: 1,
        channel: 0,
        words: [word("Good", 0, 0.4, 1), word("day.", 0.4, 1, 1)],
      },
      { transcript: "See you soon.", start: 61.25, end: 62, speaker: 2, channel: 0, words: [] },
    ],
    channels: [
      {
        alternatives: [
          {
            words: [
              word("Good", 0, 0.4, 1),
              word("day.", 0.4, 1, 1),
              word("See", 61.25, 61.5, 2),
              word("you", 61.5, 61.75, 2),
              word("soon.", 61.75, 62, 2),
            ],
          },
        ],
      },
    ],
  },
};

const paragraphs = {
  results: {
    channels: [
      {
        alternatives: [
          {
            paragraphs: {
              paragraphs: [
                {
                  sentences: [
                    { text: "One two.", start: 0, end: 1 },
                    { text: "Three.", start: 2, end: 3 },
                  ],
                },
              ],
            },
            words: [word("One", 0, 0.5, 3), word("two.", 0.5, 1, 3), word("Three.", 2, 3, 4)],
          },
        ],
      },
    ],
  },
};

const channels = {
  results: {
    channels: [
      { alternatives: [{ words: [word("hi", 0, 0.2), word("there", 1, 1.2)] }] },
      { alternatives: [{ words: [word("hello", 0.5, 0.7)] }] },
    ],
  },
};

function run(call: string, data: Json = utterances) {
  const source = `local deepgram = require("tactus.deepgram")
    Procedure { input = {data = field.object{}}, function(input) local data = input.data; return ${call} end }`;
  return runSource(source, { input: { data }, answers: { "module.read": () => ({ module: null }) } })
    .finished;
}

describe("texts", () => {
  test.for<[string, Json, string]>([
    ["deepgram.text(data)", utterances, "Speaker 1: Good day.\nSpeaker 2: See you soon."],
    [
      "deepgram.utterances_text(data, {include_speakers = false, separator = ' | '})",
      utterances,
      "Good day. | See you soon.",
    ],
    ["deepgram.words_text(data)", utterances, "Speaker 1: Good day.\nSpeaker 2: See you soon."],
    [
      "deepgram.words_text(data, {include_speakers = false, punctuated = false})",
      utterances,
      "good day see you soon",
    ],
    ["deepgram.text(data)", paragraphs, "Speaker 3: One two.\nSpeaker 4: Three."],
    ["deepgram.paragraphs_text(data)", paragraphs, "One two. Three."],
    ["deepgram.text(data)", channels, "hi hello there"],
    ["deepgram.text(data, {channel_mode = 'single', channel_index = 1})", channels, "hello"],
    ["deepgram.text(data)", {}, ""],
    ["deepgram.text(data)", { results: { channels: [1, { alternatives: "x" }] } }, ""],
  ])("%s", ([call, data, text]) => {
    expect(run(call, data)).toMatchObject({ result: text });
  });

  test("segments have times, speakers and words", () => {
    expect(run("deepgram.segments(data)[1]").result).toMatchObject({
      text: "Good day.",
      start: 0,
      end: 1,
      speaker: 1,
      words: [{ text: "Good" }, { end: 1 }],
    });
  });

  test("an unknown source", () => {
    expect(run("deepgram.text(data, {source = 'lines'})").error?.message).toMatch(/source is one of/);
  });
});

describe("quotes", () => {
  test.for<[string, Json]>([
    [
      '{quote = "see you soon"}',
      { text: "See you soon.", start: 61.25, end: 62, speaker: 2, confidence: 1, method: "fuzzy" },
    ],
    ['{quote = "see you son", threshold = 0.9}', { text: "See you soon.", method: "fuzzy" }],
    [
      '{quote = "Good day", method = "llm", client = {model = "m"}, mock_marked_up_text = "<span>Good day</span>."}',
      { text: "Good day.", start: 0, end: 1, speaker: 1, method: "llm" },
    ],
  ])("%s", ([request, found]) => {
    expect(run(`deepgram.quote(data, ${request})`).result).toMatchObject(found as object);
  });

  test("what nobody said is nil", () => {
    expect(run('deepgram.quote(data, {quote = "elephants dance"})').result ?? null).toBeNull();
  });

  test("times are put behind the quotes of a text", () => {
    const text = 'They said "Good day", "See you soon" and "ok".';
    expect(run(`deepgram.enrich_timestamps(${JSON.stringify(text)}, data)`).result).toBe(
      'They said "Good day" [0:00.00-0:01.00], "See you soon" [1:01.25-1:02.00] and "ok".',
    );
  });

  test("a quote that nobody said is an error; without data the text stays", () => {
    expect(run("deepgram.enrich_timestamps('x \"elephants dance\" y', data)").error?.message).toMatch(
      /not said/,
    );
    expect(run("deepgram.enrich_timestamps('x \"elephants\" y', nil)").result).toBe('x "elephants" y');
  });
});
