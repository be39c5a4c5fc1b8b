/** A studio that takes pictures in, alone in a process, so that another can look at its memory. Prints its origin. */
import { defaultConfig } from "../src/config/load.ts";
import { pictureRoutes } from "../src/media/routes.ts";
import { openPictures } from "./pictures.ts";
import { openStudio, personWho } from "./studio/studio.ts";

const { pictures } = openPictures();
const routes = pictureRoutes({ pictures, config: defaultConfig(), audit: { note: () => {} } });
process.stdout.write(`${openStudio({ routes, person: personWho() }).origin}\n`);
