"""The edge to the disk: content, transcripts, the library's index. Nothing else reads or writes files."""
