using DeepKeras.Plotting;

namespace DeepKeras;

/// <summary>Pictures of models (Keras: <c>keras.utils.plot_model</c>).</summary>
public static class Plot
{
    /// <summary>
    /// Draws a model as a graph: a box per layer, an arrow per tensor. The program <c>dot</c> of Graphviz lays it out; only <c>.dot</c> files, which are its input, do without.
    /// </summary>
    /// <param name="model">A built model.</param>
    /// <param name="toFile">A name that ends in <c>.svg</c>, <c>.png</c>, <c>.pdf</c>, <c>.dot</c>, or <c>.html</c> for a page that needs no other file.</param>
    /// <param name="showShapes">Whether to show the shapes of what goes in and out.</param>
    /// <param name="showDtype">Whether to show element types.</param>
    /// <param name="showLayerNames">Whether to show the layers' names besides their classes.</param>
    /// <param name="rankdir"><c>"TB"</c>, from top to bottom, or <c>"LR"</c>, from left to right; also <c>"BT"</c> and <c>"RL"</c>.</param>
    /// <param name="expandNested">Whether to show the layers inside nested models, each model in a frame.</param>
    /// <param name="dpi">Dots per inch of a PNG, at least 1; 200 by default.</param>
    /// <param name="showLayerActivations">Whether to show the layers' activation functions.</param>
    /// <param name="showTrainable">Whether to show which layers are trained.</param>
    /// <exception cref="KerasException">The model is not built, an option is unknown, <c>dot</c> is missing or fails, or the file cannot be written.</exception>
    /// <remarks><code>Plot.Model(model, "model.svg", showShapes: true, showLayerNames: true);</code></remarks>
    public static void Model(
        Model model,
        string toFile = "model.png",
        bool showShapes = false,
        bool showDtype = false,
        bool showLayerNames = false,
        string rankdir = "TB",
        bool expandNested = false,
        int dpi = 200,
        bool showLayerActivations = false,
        bool showTrainable = false)
    {
        ArgumentNullException.ThrowIfNull(toFile);
        if (dpi < 1) throw Throw.BadArgument("Plot.Model", nameof(dpi), "at least 1", dpi, "200 is the default.");
        var extension = Path.GetExtension(toFile).ToLowerInvariant();
        if (extension is not (".svg" or ".png" or ".pdf" or ".dot" or ".html" or ".htm")) throw Throw.PlotExtension(toFile, ".svg, .png, .pdf, .html or .dot");
        var graph = ModelToDot(model, showShapes, showDtype, showLayerNames, rankdir, expandNested, showLayerActivations, showTrainable);
        switch (extension)
        {
            case ".dot": PlotFile.WriteText(toFile, graph); break;
            case ".html" or ".htm": PlotFile.Write(toFile, Graphviz.Drawing(graph, model.Name)); break;
            default: Graphviz.Save(graph, toFile, extension[1..], dpi); break;
        }
    }

    /// <summary>The graph in Graphviz's language (Keras: <c>keras.utils.model_to_dot</c>). Needs no program.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="showShapes">Whether to show shapes.</param>
    /// <param name="showDtype">Whether to show element types.</param>
    /// <param name="showLayerNames">Whether to show the layers' names.</param>
    /// <param name="rankdir">The direction: <c>"TB"</c>, <c>"LR"</c>, <c>"BT"</c> or <c>"RL"</c>.</param>
    /// <param name="expandNested">Whether to show the layers inside nested models.</param>
    /// <param name="showLayerActivations">Whether to show activation functions.</param>
    /// <param name="showTrainable">Whether to show which layers are trained.</param>
    /// <exception cref="KerasException">The model is not built, or the direction is unknown.</exception>
    public static string ModelToDot(
        Model model,
        bool showShapes = false,
        bool showDtype = false,
        bool showLayerNames = false,
        string rankdir = "TB",
        bool expandNested = false,
        bool showLayerActivations = false,
        bool showTrainable = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.IsBuilt) throw Throw.UnbuiltModel(model, "be plotted");
        if (rankdir is not ("TB" or "LR" or "BT" or "RL")) throw Throw.BadArgument("Plot.Model", nameof(rankdir), "\"TB\", \"LR\", \"BT\" or \"RL\"", rankdir, "\"TB\" goes from top to bottom, \"LR\" from left to right.");
        return new DotWriter(showShapes, showDtype, showLayerNames, expandNested, showLayerActivations, showTrainable).Write(model, rankdir);
    }
}
