/**
 * The pages in a real browser: Debian's Chromium, headless, by Selenium. Where there is none the
 * tests skip, saying so; with {@code ICH_REQUIRE_BROWSER} they fail, as in continuous integration.
 */
package org.headct.ich.pages.browser;
