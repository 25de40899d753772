import { agentDeclaration } from "./declarations/agent.ts";
import { classifyDeclaration, classifyProcedureDeclaration } from "./declarations/classify.ts";
import { contextDeclaration } from "./declarations/context.ts";
import { compactorDeclaration, corpusDeclaration, retrieverDeclaration } from "./declarations/corpus.ts";
import { evaluationDeclaration, evaluationsDeclaration } from "./declarations/evaluation.ts";
import { hitlDeclaration, mocksDeclaration, promptDeclaration } from "./declarations/interaction.ts";
import { modelDeclaration } from "./declarations/model.ts";
import { procedureDeclaration } from "./declarations/procedure.ts";
import { moduleDeclaration, promptModuleDeclarations } from "./declarations/prompt-module.ts";
import { includeTasksDeclaration, taskDeclaration, taskFunctionDeclaration } from "./declarations/task.ts";
import {
  specificationDeclaration,
  specificationsDeclaration,
  stepDeclaration,
} from "./declarations/testing.ts";
import { toolDeclaration } from "./declarations/tool.ts";
import { toolsetDeclaration } from "./declarations/toolset.ts";
import type { DeclarationEntry } from "./entries.ts";

/** Everything that declares something when a file is loaded. */
export const declarations: readonly DeclarationEntry[] = [
  agentDeclaration,
  procedureDeclaration,
  toolDeclaration,
  toolsetDeclaration,
  modelDeclaration,
  promptDeclaration,
  hitlDeclaration,
  mocksDeclaration,
  contextDeclaration,
  corpusDeclaration,
  retrieverDeclaration,
  compactorDeclaration,
  taskDeclaration,
  taskFunctionDeclaration,
  includeTasksDeclaration,
  specificationDeclaration,
  specificationsDeclaration,
  stepDeclaration,
  evaluationDeclaration,
  evaluationsDeclaration,
  classifyDeclaration,
  classifyProcedureDeclaration,
  moduleDeclaration,
  ...promptModuleDeclarations,
];
