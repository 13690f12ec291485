package io.mlxlint.fix;

import io.mlxlint.files.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;

/**
 * Puts a new text in the place of a file in one step: whoever reads the file sees the old text or the new
 * one, whatever happens meanwhile.
 */
public final class SourceWriter {
  private SourceWriter() {}

  /** Nothing was written; the message says why and what to do. */
  public static final class NotWritten extends Exception {
    private static final long serialVersionUID = 1;

    private NotWritten(String message) {
      super(message);
    }
  }

  /** Whether the owner wants the file to be changed; a move would replace a read-only file as well. */
  public static boolean isWritable(Path path) {
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      return Files.isWritable(path)
          && (view == null || view.readAttributes().permissions().contains(PosixFilePermission.OWNER_WRITE));
    } catch (IOException e) {
      return false;
    }
  }

  /** Replaces the file by {@code text}, in its own encoding and with its owner and permissions. */
  public static void replace(SourceFile file, String text) throws NotWritten {
    try {
      Path target = file.path().toRealPath();
      requireUnchanged(file, target);
      Path parent = target.getParent();
      Path made = Files.createTempFile(parent, ".mlxlint-", ".tmp");
      try {
        write(made, file.encode(text));
        keepOwnerAndPermissions(target, made);
        move(made, target);
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (CharacterCodingException e) {
      throw new NotWritten("the fix needs a character that " + file.charset().name()
          + " does not have; save the file as UTF-8 first");
    } catch (IOException e) {
      throw new NotWritten("cannot be written: " + (e.getMessage() == null ? e.getClass().getSimpleName()
          : e.getMessage()));
    }
  }

  private static void requireUnchanged(SourceFile file, Path target) throws IOException, NotWritten {
    byte[] now = Files.readAllBytes(target);
    if (Arrays.equals(now, file.encode(file.text()))) {
      return;
    }
    boolean same;
    try {
      same = SourceFile.decode(file.path(), now, file.charset()).equals(file);
    } catch (SourceFile.Undecodable e) {
      same = false;
    }
    throw new NotWritten(same
        ? "would not keep all its bytes in " + file.charset().name() + "; save it as UTF-8 first"
        : "changed while it was being fixed; run the fix again");
  }

  private static void write(Path path, byte[] bytes) throws IOException {
    try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  private static void keepOwnerAndPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes made = view.readAttributes();
    if (!made.group().equals(wanted.group())) {
      view.setGroup(wanted.group());
    }
    if (!made.owner().equals(wanted.owner())) {
      view.setOwner(wanted.owner());
    }
    view.setPermissions(wanted.permissions());
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
