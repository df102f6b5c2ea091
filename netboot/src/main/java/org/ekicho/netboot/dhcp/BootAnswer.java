package org.ekicho.netboot.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.IpAddress;

/// The part of an answer that says what to load: the same from a lease server and from a proxy.
///
/// @param siaddr  server to load from; `0.0.0.0` when nothing is to be loaded
/// @param sname   the same as text, for firmware that reads this
/// @param file    the file; empty when it is too long for this field and stands in option 67 alone
/// @param options 43, 60, 66, 67, 97, 175 as far as needed
public record BootAnswer(IpAddress siaddr, String sname, String file, DhcpOptions options) {
    /// An answer that says nothing of booting.
    public static final BootAnswer NOTHING = new BootAnswer(IpAddress.ANY_V4, "", "", DhcpOptions.NONE);

    private static final int USE_THIS_FILE = 8;
    private static final int NO_BROADCAST_NO_MULTICAST = 3;
    private static final byte[] PI_MENU = menu("Raspberry Pi Boot");
    private static final byte[] LOCAL_MENU = menu("Local disk");

    /// The answer to `request` of a machine that boots; empty when it cannot be said to this firmware.
    ///
    /// @param ours     our address where it asks
    /// @param httpPort of our HTTP server, for URLs
    public static Optional<BootAnswer> of(
            DhcpPacket request, BootClient client, BootStep step, IpAddress ours, int httpPort) {
        return switch (step) {
            case BootStep.ByTftp tftp
            when client.stage() != BootStage.HTTP_ROM ->
                Optional.of(load(request, client, tftp.file(), tftp.form(), ours));
            case BootStep.ByHttp http
            when client.stage() != BootStage.PXE_ROM ->
                Optional.of(load(request, client, url(ours, httpPort, http.path()), OfferForm.IN_OFFER, ours));
            case BootStep.LocalDisk _
            when client.stage() == BootStage.PXE_ROM -> Optional.of(localDisk(request, client, ours));
            case BootStep.ByTftp _, BootStep.ByHttp _, BootStep.LocalDisk _, BootStep.Silence _ -> Optional.empty();
        };
    }

    private static BootAnswer load(DhcpPacket request, BootClient client, String file, OfferForm form, IpAddress ours) {
        DhcpOptions.Builder options = common(request, client);
        boolean asked = request.asksFor(OptionCode.BOOT_FILE);
        boolean url = file.startsWith("http://");
        boolean fits = file.length() <= DhcpPacket.MAX_FILE;
        if (asked || url || !fits) options.set(OptionCode.BOOT_FILE, bootFile(file, url));
        if (asked && !url) options.setText(OptionCode.TFTP_SERVER, ours.toString());
        DhcpOptions vendor = vendor(request, client, form);
        if (vendor.count() > 0) options.set(OptionCode.VENDOR_SPECIFIC, vendor.encodeWithEnd());
        return new BootAnswer(ours, url ? "" : ours.toString(), fits ? file : "", options.build());
    }

    /// Option 67. Some ROMs read on until a NUL; a URL with one is refused by others.
    private static byte[] bootFile(String file, boolean url) {
        byte[] ascii = file.getBytes(StandardCharsets.US_ASCII);
        return url ? ascii : Arrays.copyOf(ascii, ascii.length + 1);
    }

    private static DhcpOptions vendor(DhcpPacket request, BootClient client, OfferForm form) {
        DhcpOptions.Builder vendor = DhcpOptions.builder();
        if (client.stage() != BootStage.PXE_ROM) return DhcpOptions.NONE;
        if (client.arch().filter(BootClients.RASPBERRY_PI::equals).isPresent()) {
            return vendor.set8(OptionCode.PXE_DISCOVERY_CONTROL, NO_BROADCAST_NO_MULTICAST)
                    .set(OptionCode.PXE_MENU, PI_MENU)
                    .set(OptionCode.PXE_PROMPT, prompt())
                    .build();
        }
        if (form == OfferForm.IN_OFFER) vendor.set8(OptionCode.PXE_DISCOVERY_CONTROL, USE_THIS_FILE);
        byte[] item = DhcpOptions.decode(request.options().bytes(OptionCode.VENDOR_SPECIFIC))
                .bytes(OptionCode.PXE_ITEM);
        if (item.length == 4) vendor.set(OptionCode.PXE_ITEM, item);
        return vendor.build();
    }

    /// A menu of one item of type 0, "local boot", that is chosen at once (PXE 2.1 §2.4.7): firmware goes
    /// on to its next
    /// boot device without waiting for an offer that never comes.
    private static BootAnswer localDisk(DhcpPacket request, BootClient client, IpAddress ours) {
        DhcpOptions vendor = DhcpOptions.builder()
                .set8(OptionCode.PXE_DISCOVERY_CONTROL, NO_BROADCAST_NO_MULTICAST)
                .set(OptionCode.PXE_MENU, LOCAL_MENU)
                .set(OptionCode.PXE_PROMPT, prompt())
                .build();
        DhcpOptions options = common(request, client)
                .set(OptionCode.VENDOR_SPECIFIC, vendor.encodeWithEnd())
                .build();
        return new BootAnswer(ours, "", "", options);
    }

    /// What stands in every answer to firmware: whose language it is, and the machine's own identifier.
    private static DhcpOptions.Builder common(DhcpPacket request, BootClient client) {
        DhcpOptions.Builder options = DhcpOptions.builder();
        options.setText(
                OptionCode.VENDOR_CLASS, client.vendorClass().startsWith("HTTPClient") ? "HTTPClient" : "PXEClient");
        byte[] uuid = request.options().bytes(OptionCode.CLIENT_UUID);
        if (uuid.length > 0) options.set(OptionCode.CLIENT_UUID, uuid);
        if (client.stage() == BootStage.IPXE) {
            options.set(
                    OptionCode.IPXE,
                    DhcpOptions.builder()
                            .set8(OptionCode.IPXE_PRIORITY, 1)
                            .set8(OptionCode.IPXE_NO_PROXY, 1)
                            .build()
                            .encode());
        }
        return options;
    }

    /// Our URL of `path`.
    public static String url(IpAddress ours, int httpPort, String path) {
        return "http://" + ours + (httpPort == 80 ? "" : ":" + httpPort) + path;
    }

    /// Type 0 (16 bits), length, text.
    private static byte[] menu(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] item = new byte[3 + ascii.length];
        item[2] = (byte) ascii.length;
        System.arraycopy(ascii, 0, item, 3, ascii.length);
        return item;
    }

    /// Time-out 0: the first item at once.
    private static byte[] prompt() {
        return new byte[] {0, 'P', 'X', 'E'};
    }
}
