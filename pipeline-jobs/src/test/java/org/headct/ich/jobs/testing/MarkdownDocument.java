package org.headct.ich.jobs.testing;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file as GitHub reads it: its links, and the anchors of its headings. Code is left out.
 */
public final class MarkdownDocument {
  private static final Pattern FENCE = Pattern.compile("\\s{0,3}(```+|~~~+).*");
  private static final Pattern CODE = Pattern.compile("(`+)(?!`).*?(?<!`)\\1(?!`)");
  private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}\\s+(.*?)(\\s+#+)?\\s*");
  private static final Pattern INLINE = Pattern.compile("]\\(\\s*<?([^)\\s>]*)>?[^)]*\\)");
  private static final Pattern DEFINITION =
      Pattern.compile("\\s{0,3}\\[[^\\]]+]:\\s*<?([^\\s>]+).*");
  private static final Pattern HTML = Pattern.compile("(?:src|srcset|href)=\"([^\"]*)\"");
  private static final Pattern NAMED = Pattern.compile("<[^>]*\\b(?:id|name)=\"([^\"]+)\"");
  private static final Pattern LINK_TEXT = Pattern.compile("!?\\[([^\\]]*)]\\([^)]*\\)");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private final Path file;
  private final List<Link> links = new ArrayList<>();
  private final Set<String> anchors = new HashSet<>();

  /**
   * A link of the document.
   *
   * @param line line, 1-based
   * @param target target as written
   */
  public record Link(int line, String target) {
    /** Returns whether it leads to a file or an anchor of the same repository. */
    boolean isRelative() {
      return !SCHEME.matcher(target).matches() && !target.startsWith("//");
    }

    String path() {
      int hash = target.indexOf('#');
      String path = hash < 0 ? target : target.substring(0, hash);
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String anchor() {
      int hash = target.indexOf('#');
      return hash < 0 ? "" : target.substring(hash + 1);
    }
  }

  private MarkdownDocument(Path file, List<String> lines) {
    this.file = file;
    String fence = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher mark = FENCE.matcher(line);
      if (!fence.isEmpty()) {
        if (line.strip().startsWith(fence)) {
          fence = "";
        }
      } else if (mark.matches()) {
        fence = mark.group(1);
      } else {
        read(line, i + 1);
      }
    }
  }

  /** Reads a file. */
  public static MarkdownDocument read(Path file) throws IOException {
    return new MarkdownDocument(file, Files.readAllLines(file));
  }

  private void read(String line, int number) {
    Matcher heading = HEADING.matcher(line);
    if (heading.matches()) {
      addAnchor(slug(heading.group(1)));
    }
    String text = CODE.matcher(line).replaceAll("`");
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      anchors.add(named.group(1));
    }
    for (Pattern pattern : List.of(INLINE, DEFINITION, HTML)) {
      Matcher link = pattern.matcher(text);
      while (link.find()) {
        links.add(new Link(number, link.group(1)));
      }
    }
  }

  /** Adds the anchor of a heading; a repeated heading gets a number, as on GitHub. */
  private void addAnchor(String slug) {
    String anchor = slug;
    for (int i = 1; !anchors.add(anchor); i++) {
      anchor = slug + "-" + i;
    }
  }

  /** Returns GitHub's anchor of a heading that stands there once. */
  public static String slug(String heading) {
    return LINK_TEXT
        .matcher(heading.strip())
        .replaceAll("$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
        .replace(' ', '-');
  }

  /**
   * Returns a line for each relative link whose file or heading is missing.
   *
   * @param top top folder of the repository; no link may leave it
   */
  public List<String> brokenLinks(Path top) throws IOException {
    List<String> broken = new ArrayList<>();
    for (Link link : links) {
      if (link.isRelative()) {
        String fault = fault(link, top);
        if (!fault.isEmpty()) {
          broken.add("%s:%d: %s".formatted(top.relativize(file), link.line(), fault));
        }
      }
    }
    return broken;
  }

  private String fault(Link link, Path top) throws IOException {
    String path = link.path();
    Path start = path.startsWith("/") ? top : file.resolveSibling(".");
    Path target = path.isEmpty() ? file : start.resolve(path.replaceFirst("^/+", "")).normalize();
    if (!target.startsWith(top)) {
      return "the link %s leaves the repository: link to a file in it".formatted(link.target());
    }
    if (!Files.exists(target)) {
      return "the link %s leads to no file: correct the path, or remove the link"
          .formatted(link.target());
    }
    if (link.anchor().isEmpty() || !target.toString().endsWith(".md")) {
      return "";
    }
    Set<String> known = target.equals(file) ? anchors : read(target).anchors;
    if (known.contains(link.anchor())) {
      return "";
    }
    return "the link %s leads to no heading: take one of %s"
        .formatted(link.target(), known.stream().sorted().toList());
  }
}
