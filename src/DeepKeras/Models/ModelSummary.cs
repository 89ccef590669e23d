using DeepKeras.Inspection;

namespace DeepKeras;

/// <summary>The table of a model's layers, as Keras prints it, and the diagram of its data and weights.</summary>
public static class ModelSummary
{
    extension(Model model)
    {
        /// <summary>Writes the layer table: name and type, output shape, parameters, and for branched graphs what each layer is connected to.</summary>
        /// <param name="lineLength">Characters per line; by default 88 (108 for branched graphs), or what the terminal has room for.</param>
        /// <param name="positions">Where each column ends, as fractions of the line; Keras's by default.</param>
        /// <param name="writer">Where to write; <see cref="Keras.Output"/> by default.</param>
        /// <param name="expandNested">Whether to list the layers inside nested models.</param>
        /// <param name="showTrainable">Whether to show which layers are trained: Y, N, or - without weights.</param>
        /// <param name="layerRange">Names (or regular expressions) of the first and the last layer to list.</param>
        /// <remarks><code>model.Summary(showTrainable: true);</code></remarks>
        public void Summary(int? lineLength = null, double[]? positions = null, TextWriter? writer = null, bool expandNested = false, bool showTrainable = false, (string First, string Last)? layerRange = null)
        {
            // Below 60 characters the columns would be too narrow to read; the terminal wraps the lines then.
            var room = writer is null ? Math.Max(60, Keras.OutputWidth - 4) : int.MaxValue;
            (writer ?? Keras.Output).Write(ModelTable.Write(model, new(lineLength, positions, expandNested, showTrainable, layerRange), room));
        }

        /// <summary>The layer table as text.</summary>
        /// <param name="lineLength">Characters per line; 88 by default, 108 for branched graphs.</param>
        /// <param name="positions">Where each column ends, as fractions of the line; Keras's by default.</param>
        /// <param name="expandNested">Whether to list the layers inside nested models.</param>
        /// <param name="showTrainable">Whether to show which layers are trained.</param>
        /// <param name="layerRange">Names (or regular expressions) of the first and the last layer to list.</param>
        public string SummaryText(int? lineLength = null, double[]? positions = null, bool expandNested = false, bool showTrainable = false, (string First, string Last)? layerRange = null) =>
            ModelTable.Write(model, new(lineLength, positions, expandNested, showTrainable, layerRange));

        /// <summary>Writes the model from top to bottom: each operation, the dimensions of the data between, and how many weights it has.</summary>
        /// <param name="writer">Where to write; <see cref="Keras.Output"/> by default.</param>
        /// <exception cref="KerasException">The shapes are not known yet.</exception>
        public void Diagram(TextWriter? writer = null) => (writer ?? Keras.Output).Write(ModelDiagram.Write(model));

        /// <summary>The diagram as text.</summary>
        /// <exception cref="KerasException">The shapes are not known yet.</exception>
        public string DiagramText() => ModelDiagram.Write(model);
    }
}
