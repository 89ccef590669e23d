using DeepKeras.Vision.Codecs;

namespace DeepKeras.Vision;

internal static partial class Throw
{
    public static KerasException LibraryMissing(ImageFormat format, Exception cause) =>
        new($"{(format == ImageFormat.Png ? "PNG files need libpng (libpng16.so.16); on Debian and Ubuntu: apt-get install libpng16-16" : "JPEG files need libjpeg-turbo (libturbojpeg.so.0); on Debian and Ubuntu: apt-get install libturbojpeg0")}.", cause);
}
