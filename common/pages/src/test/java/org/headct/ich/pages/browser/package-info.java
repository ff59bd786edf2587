/**
 * Tests of the pages in a real browser: Debian's Chromium, headless, driven by Selenium. Without a
 * browser the tests are skipped with a message. If {@code ICH_REQUIRE_BROWSER} is set, as in
 * continuous integration, they fail.
 */
package org.headct.ich.pages.browser;
