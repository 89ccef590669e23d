using System.Xml;
using System.Xml.Linq;
using DeepKeras.Data;
using DeepKeras.Files;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Reports;

/// <summary>
/// A model and what it makes of some data on one page: a single HTML file that needs no other file, no network and no script. It shows the score, the
/// training curves, the layers as table and graph, the confusion matrix, precision and recall of every class, the hardest mistakes, first-layer filters,
/// activation maps, Grad-CAM, and the last hidden layer as points in the plane: each part where the model and the data have it.
/// </summary>
/// <remarks>
/// The data are read batch by batch: once for the page, and once more for loss and metrics where the model is compiled. Only counts and the samples that are
/// shown stay in memory.
/// The graph is laid out by Graphviz (the program <c>dot</c>) where that is installed, else it is drawn in plain characters.
/// <code>
/// var history = model.Fit(xTrain, yTrain, epochs: 12, validationData: (xTest, yTest));
/// Report.For(model, (xTest, yTest), history, classNames: Cifar10.ClassNames, title: "CIFAR-10")
///     .Add("Remarks", "Trained without augmentation.")
///     .Save("report.html");
/// </code>
/// </remarks>
public sealed class Report
{
    /// <summary>Large enough for speed, small enough for photos.</summary>
    private const int BatchSize = 64;

    private readonly Model _model;
    private readonly Dataset<Batch> _data;
    private readonly History? _history;
    private readonly ReportOptions _options;
    private readonly List<Section> _added = [];

    private Report(Model model, Dataset<Batch> data, History? history, string? title, ReportOptions options)
    {
        (_model, _data, _history, _options) = (model, data, history, options);
        Title = title ?? model.Name;
    }

    /// <summary>The heading and the title of the page.</summary>
    public string Title { get; }

    /// <summary>The program that lays out the graph.</summary>
    internal string GraphProgram { get; set; } = "dot";

    /// <summary>Prepares a report over a data set; nothing runs before it is saved.</summary>
    /// <param name="model">The model; loss and metrics appear where it is compiled.</param>
    /// <param name="data">Batches with targets, which come to an end and can be read several times.</param>
    /// <param name="history">What <c>Fit</c> returned, for the training curves.</param>
    /// <param name="classNames">One name per class (or per label, or per predicted number); numbers by default.</param>
    /// <param name="title">The heading; the model's name by default.</param>
    /// <param name="images">Images whose activation maps and attributions are shown, at least 0; 6 by default.</param>
    /// <param name="mistakes">The hardest mistakes that are shown, at least 0; 24 by default.</param>
    /// <param name="points">Samples in drawings of points, at least 0; 1000 by default.</param>
    /// <returns>The report, to add to and to save.</returns>
    /// <exception cref="KerasException">A number is negative.</exception>
    public static Report For(Model model, Dataset<Batch> data, History? history = null, IReadOnlyList<string>? classNames = null, string? title = null, int images = 6, int mistakes = 24, int points = 1000)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (images < 0) throw Throw.ReportCount(nameof(images), images);
        if (mistakes < 0) throw Throw.ReportCount(nameof(mistakes), mistakes);
        if (points < 0) throw Throw.ReportCount(nameof(points), points);
        return new(model, data, history, title, new(classNames, images, mistakes, points));
    }

    /// <summary>Prepares a report over tensors or arrays; nothing runs before it is saved.</summary>
    /// <param name="model">The model; loss and metrics appear where it is compiled.</param>
    /// <param name="data">Inputs and targets, as <c>Evaluate</c> takes them.</param>
    /// <param name="history">What <c>Fit</c> returned, for the training curves.</param>
    /// <param name="classNames">One name per class (or per label, or per predicted number); numbers by default.</param>
    /// <param name="title">The heading; the model's name by default.</param>
    /// <param name="images">Images whose activation maps and attributions are shown, at least 0; 6 by default.</param>
    /// <param name="mistakes">The hardest mistakes that are shown, at least 0; 24 by default.</param>
    /// <param name="points">Samples in drawings of points, at least 0; 1000 by default.</param>
    /// <returns>The report, to add to and to save.</returns>
    /// <exception cref="KerasException">A number is negative, or inputs and targets differ in length.</exception>
    public static Report For(Model model, (TensorData Inputs, TensorData Targets) data, History? history = null, IReadOnlyList<string>? classNames = null, string? title = null, int images = 6, int mistakes = 24, int points = 1000)
    {
        if (data.Inputs is null || data.Targets is null) throw new ArgumentNullException(nameof(data));
        return For(model, Dataset.FromTensors(data.Inputs, data.Targets).Batch(BatchSize), history, classNames, title, images, mistakes, points);
    }

    /// <summary>Adds a section of plain text at the end.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="text">Shown as it is, line breaks included.</param>
    /// <returns>The report, to go on.</returns>
    public Report Add(string title, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Add(title, [Html.Styled("div", "text", text)]);
    }

    /// <summary>Adds a section with a picture at the end.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="image"><c>(H, W)</c> or <c>(H, W, C)</c> with 1, 3 or 4 channels: bytes, or numbers from 0 to 1. It is copied.</param>
    /// <param name="caption">A line below it.</param>
    /// <param name="scale">Every pixel becomes a square of so many; 1 by default.</param>
    /// <returns>The report, to go on.</returns>
    /// <exception cref="KerasException">The tensor is no picture, or the scale is not positive.</exception>
    public Report Add(string title, Tensor image, string? caption = null, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (scale < 1) throw Throw.ReportScale(scale);
        if (image.ndim is not (2 or 3) || (image.ndim == 3 && image.shape[2] is not (1 or 3 or 4)) || image.numel() == 0) throw Throw.ReportImage(image);
        using var scope = torch.NewDisposeScope();
        var bytes = image.dtype == ScalarType.Byte ? image : image.detach().to_type(ScalarType.Float32).mul(255).clamp(0, 255).round().to_type(ScalarType.Byte);
        var picture = Picture.Of(bytes);
        return Add(title, [Html.Figure(picture.ToElement(caption ?? title, picture.Width * scale), caption is null ? [] : [caption])]);
    }

    /// <summary>Adds a section with a grid of pictures at the end.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="grid">The grid as it is now.</param>
    /// <returns>The report, to go on.</returns>
    /// <exception cref="KerasException">The grid is empty.</exception>
    public Report Add(string title, ImageGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        using var picture = grid.ToTensor();
        return Add(title, picture, grid.Caption);
    }

    /// <summary>Adds a section of one's own HTML at the end. It goes into the page as it is: escape what is not markup.</summary>
    /// <param name="title">Its heading; this is escaped.</param>
    /// <param name="html">Elements that are also well-formed XML: every tag is closed.</param>
    /// <returns>The report, to go on.</returns>
    /// <exception cref="KerasException">A tag is not closed, or an entity is unknown to XML.</exception>
    public Report AddHtml(string title, string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        try
        {
            return Add(title, [XElement.Parse($"<div>{html}</div>", LoadOptions.PreserveWhitespace)]);
        }
        catch (XmlException error)
        {
            throw Throw.ReportHtml(title, error);
        }
    }

    /// <summary>Runs the model over the data and writes the page. A crash in between leaves an old file of that name as it was.</summary>
    /// <param name="path">The file, usually <c>report.html</c>.</param>
    /// <exception cref="KerasException">There are no samples, there are more classes than names, or the file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var page = Page();
        AtomicFile.Write(path, stream => Html.Write(page, stream));
    }

    private XElement Page()
    {
        using var scope = torch.NewDisposeScope();
        var reading = DataReading.Read(_model, _data, _options);
        if (_options.ClassNames is { } names && reading.Outputs.FirstOrDefault(o => o.Classes?.Classes > names.Count) is { } output) throw Throw.ReportClassNames(names.Count, output.Classes!.Classes);
        // A model that is not compiled has neither loss nor metrics.
        var score = _model.Optimizer is null ? null : _model.Evaluate(_data, verbose: 0);
        return ReportPage.Write(Title, new(_model, reading, score, _history, _options, GraphProgram), _added);
    }

    private Report Add(string title, IReadOnlyList<XElement> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        _added.Add(new(title, null, content));
        return this;
    }
}
