import type { CliCommand } from "../command.ts";

/** `nines schema`: the JSON Schema of scenario files. */
export const schemaCommand: CliCommand = {
  name: "schema",
  summary: "print the JSON Schema (draft 7) of scenario files, for editors",
  configure(command, terminal) {
    command.action(async () => {
      const { writeJsonSchema } = await import("../../scenario/jsonSchema.ts");
      terminal.out(writeJsonSchema());
    });
  },
};
