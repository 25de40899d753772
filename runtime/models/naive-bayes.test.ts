import { expect, test } from "vitest";
import { classifyText, trainNaiveBayes } from "./naive-bayes.ts";

const reviews = [
  { text: "An excellent movie, a joy", label: "positive" },
  { text: "What a terrible film", label: "negative" },
  { text: "Excellent acting and a great plot", label: "positive" },
  { text: "Terrible plot, terrible acting", label: "negative" },
  { text: "A great joy to watch", label: "positive" },
];

/** Labels and probabilities as scikit-learn gives them for the same examples (words and pairs, weighted, alpha 1). */
test.for([
  ["excellent film", "positive", 0.564673],
  ["terrible watch", "positive", 0.521366],
  ["a great movie", "positive", 0.693727],
  ["nothing known here", "positive", 0.6],
  ["Terrible, TERRIBLE acting and plot", "negative", 0.540486],
] as const)("%s is %s", ([text, label, confidence]) => {
  const answer = classifyText(trainNaiveBayes(reviews, 1), text);
  expect(answer.label).toBe(label);
  expect(answer.confidence).toBeCloseTo(confidence, 5);
});
