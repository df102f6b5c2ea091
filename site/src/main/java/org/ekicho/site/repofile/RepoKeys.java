package org.ekicho.site.repofile;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/// Keys that may stand in a repository's section, by yum 3, dnf 4 and dnf 5.
final class RepoKeys {
    /// Those that the mirror follows.
    static final Set<String> FOLLOWED = words("""
            name baseurl mirrorlist metalink enabled gpgcheck pkg_gpgcheck repo_gpgcheck gpgkey
            proxy proxy_username proxy_password username password
            sslcacert sslclientcert sslclientkey sslverify includepkgs exclude excludepkgs
            priority cost module_hotfixes
            """);

    /// Those about a client's own manners, which the mirror has no use for, too.
    static final Set<String> ALL = words(String.join(" ", FOLLOWED) + """

             async autorefresh bandwidth check_config_file_age countme deltarpm deltarpm_metadata_percentage
             deltarpm_percentage enabled_metadata enablegroups exactarch failovermethod fastestmirror gpgcakey
             http_caching ip_resolve keepalive keepcache localpkg_gpgcheck max_parallel_downloads mdpolicy mediaid
             metadata_expire metadata_expire_filter minrate mirrorlist_expire protect
             proxy_auth_method proxy_sslcacert proxy_sslclientcert proxy_sslclientkey proxy_sslverify retries
             skip_if_unavailable ssl_check_cert_permissions sslverifystatus throttle timeout type ui_repoid_vars
             user_agent
             """);

    private RepoKeys() {}

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.strip().split("\\s+", -1)));
    }
}
