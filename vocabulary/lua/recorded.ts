/** Why a value that the run records should still be asked for inside a checkpoint. */
export const recorded =
  "The run records what it got, but code that is changed before it is resumed may ask at another place.";
