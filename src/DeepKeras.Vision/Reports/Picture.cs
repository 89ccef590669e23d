using System.Globalization;
using System.Xml.Linq;
using DeepKeras.Vision.Codecs;

namespace DeepKeras.Vision.Reports;

/// <summary>A small picture in memory.</summary>
/// <param name="Pixels">Rows from top to bottom, channels innermost.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 (grey), 3 (RGB) or 4 (RGB and alpha).</param>
internal sealed record Picture(byte[] Pixels, int Height, int Width, int Channels)
{
    /// <param name="image">uint8, <c>(H, W)</c> or <c>(H, W, C)</c>.</param>
    public static Picture Of(Tensor image)
    {
        using var scope = torch.NewDisposeScope();
        var pixels = image.detach().cpu().contiguous();
        return new(pixels.bytes.ToArray(), (int)image.shape[0], (int)image.shape[1], image.ndim == 2 ? 1 : (int)image.shape[2]);
    }

    /// <summary>uint8, <c>(H, W, C)</c>.</summary>
    public Tensor ToTensor() => torch.tensor(Pixels, [Height, Width, Channels], ScalarType.Byte);

    /// <summary>The picture as an element that holds the whole file in its address.</summary>
    /// <param name="description">For those who cannot see it.</param>
    /// <param name="width">Pixels on the page; its own width by default.</param>
    public XElement ToElement(string description, int? width = null)
    {
        var file = ImageCodec.Encode(Pixels, Height, Width, Channels, ImageFormat.Png, quality: 100);
        var shown = width ?? Width;
        var height = (int)Math.Round((double)Height * shown / Width);
        var element = Html.Element(
            "img",
            Html.Attribute("src", "data:image/png;base64," + Convert.ToBase64String(file)),
            Html.Attribute("alt", description),
            Html.Attribute("width", shown.ToString(CultureInfo.InvariantCulture)),
            Html.Attribute("height", Math.Max(1, height).ToString(CultureInfo.InvariantCulture)));
        // Enlarged pictures show their pixels as squares instead of blurred.
        if (shown > Width) element.SetAttributeValue("class", "pixels");
        return element;
    }
}
