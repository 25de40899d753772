import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";

/** A word of a transcript. */
export interface SpokenWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: number | string | null;
  readonly channel: number;
}

/** A part of a transcript with its times. */
export interface Segment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: SpokenWord["speaker"];
  readonly channel: number;
  readonly words: readonly SpokenWord[];
}

/** Which part of a transcript is read. */
export type TranscriptSource = "utterances" | "sentences" | "paragraphs" | "words";

export interface ReadingOptions {
  /** Undefined: all channels, merged by time. */
  readonly channel: number | undefined;
  readonly punctuated: boolean;
}

/** The transcript that a service of Deepgram gave, as its parts. Anything that is not there is left out. */
export class Transcript {
  readonly #results: JsonObject;
  readonly #options: ReadingOptions;

  constructor(data: Json, options: ReadingOptions) {
    this.#results = memberObject(data, "results");
    this.#options = options;
  }

  /** The words of all channels that are read, in the order of their times. */
  words(): readonly SpokenWord[] {
    const words = this.#alternatives().flatMap(({ channel, alternative }) =>
      this.#wordsOf(alternative["words"], channel),
    );
    return words.toSorted((one, other) => one.start - other.start);
  }

  /** The parts of that kind. */
  segments(source: TranscriptSource): readonly Segment[] {
    switch (source) {
      case "utterances":
        return this.#utterances();
      case "sentences":
        return this.#paragraphs().flatMap(({ sentences }) => sentences);
      case "paragraphs":
        return this.#paragraphs().map(({ paragraph }) => paragraph);
      case "words":
        return bySpeaker(this.words());
    }
  }

  /** The best kind that the transcript has. */
  bestSource(): TranscriptSource {
    const kinds = ["utterances", "sentences"] as const;
    return kinds.find((kind) => this.segments(kind).length > 0) ?? "words";
  }

  #utterances(): readonly Segment[] {
    return objectsIn(this.#results["utterances"])
      .map((utterance): Segment => {
        const channel = numberIn(utterance["channel"]) ?? 0;
        const words = this.#wordsOf(utterance["words"], channel);
        return segmentOf(utterance, { text: textIn(utterance["transcript"]), channel, words });
      })
      .filter(({ channel }) => this.#reads(channel));
  }

  #paragraphs(): readonly { readonly paragraph: Segment; readonly sentences: readonly Segment[] }[] {
    return this.#alternatives().flatMap(({ channel, alternative }) => {
      const words = this.#wordsOf(alternative["words"], channel);
      const paragraphs = objectsIn(memberObject(alternative, "paragraphs")["paragraphs"]);
      return paragraphs.map((paragraph) => paragraphParts(paragraph, { channel, words }));
    });
  }

  #alternatives(): readonly { readonly channel: number; readonly alternative: JsonObject }[] {
    return objectsIn(this.#results["channels"]).flatMap((given, channel) => {
      const [alternative] = objectsIn(given["alternatives"]);
      return alternative && this.#reads(channel) ? [{ channel, alternative }] : [];
    });
  }

  #reads(channel: number): boolean {
    return this.#options.channel === undefined || this.#options.channel === channel;
  }

  #wordsOf(given: Json | undefined, channel: number): readonly SpokenWord[] {
    return objectsIn(given).map((word) => ({
      text: (this.#options.punctuated ? textIn(word["punctuated_word"]) : "") || textIn(word["word"]),
      start: numberIn(word["start"]) ?? 0,
      end: numberIn(word["end"]) ?? 0,
      speaker: speakerIn(word["speaker"]),
      channel,
    }));
  }
}

/** Words that one speaker says on end, as one part. */
function bySpeaker(words: readonly SpokenWord[]): readonly Segment[] {
  const groups: SpokenWord[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group && group[0]?.speaker === word.speaker) group.push(word);
    else groups.push([word]);
  }
  return groups.map(segmentOfWords);
}

/** Some words on end as one part. */
export function segmentOfWords(words: readonly SpokenWord[]): Segment {
  const [first] = words;
  return {
    text: words.map(({ text }) => text).join(" "),
    start: first?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    speaker: first?.speaker ?? null,
    channel: first?.channel ?? 0,
    words,
  };
}

interface SpokenPlace {
  readonly channel: number;
  readonly words: readonly SpokenWord[];
}

/** A paragraph has its own speaker only; a sentence without one has that of its first word. */
function paragraphParts(paragraph: JsonObject, { channel, words }: SpokenPlace) {
  const sentences = objectsIn(paragraph["sentences"]).map((sentence): Segment => {
    const spoken = words.filter(
      ({ start, end }) =>
        start >= (numberIn(sentence["start"]) ?? 0) && end <= (numberIn(sentence["end"]) ?? 0),
    );
    const segment = segmentOf(sentence, { text: textIn(sentence["text"]), channel, words: spoken });
    const speaker = segment.speaker ?? speakerIn(paragraph["speaker"]) ?? spoken[0]?.speaker ?? null;
    return { ...segment, speaker };
  });
  const text = sentences.map((sentence) => sentence.text).join(" ");
  const times = { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0 };
  const spoken = sentences.flatMap((sentence) => sentence.words);
  return { paragraph: segmentOf({ ...times, ...paragraph }, { text, channel, words: spoken }), sentences };
}

function segmentOf(
  given: JsonObject,
  { text, channel, words }: SpokenPlace & { readonly text: string },
): Segment {
  return {
    text,
    start: numberIn(given["start"]) ?? words[0]?.start ?? 0,
    end: numberIn(given["end"]) ?? words.at(-1)?.end ?? 0,
    speaker: speakerIn(given["speaker"]),
    channel,
    words,
  };
}

function memberObject(value: Json | undefined, name: string): JsonObject {
  const member = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(member) ? member : {};
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}

function textIn(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function numberIn(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function speakerIn(value: Json | undefined): SpokenWord["speaker"] {
  return typeof value === "number" || typeof value === "string" ? value : null;
}
