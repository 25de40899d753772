import { build, installPackages } from "../../../scripts/bootstrap.mjs";

installPackages();
build();
