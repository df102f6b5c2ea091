package org.ekicho.site.adopt;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the repositories of CentOS Stream 9 and later lie on a mirror, by the name in their metalink: their files have
/// no baseurl, not even as a comment.
public final class StreamPaths {
    private static final Pattern NAME = Pattern.compile("[?&]repo=centos-([a-z-]+)-\\$stream(&| |\\z)");
    private static final Map<String, String> FOLDERS = Map.of(
            "baseos", "BaseOS",
            "appstream", "AppStream",
            "crb", "CRB",
            "highavailability", "HighAvailability",
            "nfv", "NFV",
            "rt", "RT",
            "resilientstorage", "ResilientStorage");

    private StreamPaths() {}

    /// An address whose path is the one on CentOS mirrors; empty when it cannot be told.
    public static String address(String metalink) {
        Matcher name = NAME.matcher(metalink);
        if (!name.find()) {
            return "";
        }
        String repo = name.group(1);
        if (repo.equals("extras-sig-extras-common")) {
            return "http://centos/SIGs/$stream/extras/$basearch/extras-common/";
        }
        String kind = repo.endsWith("-debug")
                ? "$basearch/debug/tree/"
                : repo.endsWith("-source") ? "source/tree/" : "$basearch/os/";
        String folder = FOLDERS.get(repo.replaceFirst("-(debug|source)$", ""));
        return folder == null ? "" : "http://centos/$stream/" + folder + "/" + kind;
    }
}
