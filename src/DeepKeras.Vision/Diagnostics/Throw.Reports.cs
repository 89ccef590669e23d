namespace DeepKeras.Vision;

internal static partial class Throw
{
    public static KerasException ReportWithoutSamples() =>
        new("Report: the data hold no sample. Give at least one batch, and a data set that can be read several times.");

    public static KerasException ReportCount(string argument, int value) =>
        new($"Report: {argument} must be at least 0 but was {value}. 0 leaves that part out.");

    public static KerasException ReportScale(int scale) =>
        new($"Report: scale must be at least 1 but was {scale}. Every pixel becomes a square of so many pixels.");

    public static KerasException ReportClassNames(int names, int classes) =>
        new($"Report: there are {names} class names but the model tells {classes} classes apart. Give one name per class, in the order of their numbers.");

    public static KerasException ReportName(string what, string name, IEnumerable<string> names) =>
        new($"Report: the model has {(what == "input" ? "an input" : "an output")} '{name}' but the data set's batches bring {string.Join(", ", names.Select(n => $"'{n}'"))}. Name every {what} of the model.");

    public static KerasException ReportHtml(string title, Exception cause) =>
        new($"Report: the HTML of section \"{title}\" is not well-formed: {cause.Message} Close every tag, also <br/> and <img/>, and write &amp; for &; or give plain text to Add.", cause);

    public static KerasException ReportImage(Tensor image) =>
        new($"Report: a picture must be (height, width) or (height, width, channels) with 1, 3 or 4 channels, as bytes or as numbers from 0 to 1, but received {Shape.Of(image)} of {image.dtype}. Take one picture of a batch with images[0].");
}
