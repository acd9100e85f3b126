/** Directories that a judge has been handed: the one in force, attached once, and none of those before. */
import type { Directory } from '../directory/directory.js';
import { attachDirectory, type DirectoryImage } from '../directory/image.js';

export class Attached {
  private last: Directory | undefined;

  of(image: DirectoryImage | undefined): Directory | undefined {
    if (image === undefined) return undefined;
    if (this.last?.digest !== image.digest) this.last = attachDirectory(image);
    return this.last;
  }
}
