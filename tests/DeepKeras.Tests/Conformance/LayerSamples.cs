using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>Every public layer, found by reflection, in its plain configuration and with one option changed at a time, on every kind of input it takes.</summary>
internal static class LayerSamples
{
    // (rows, columns, channels), (channels, rows, columns), (steps, features), (features), (slices, rows, columns, channels)
    private static readonly Shape[] s_inputs = [(5, 6, 4), (4, 6, 5), (6, 4), 4, (4, 3, 5, 4)];

    // Colours have three channels; a batch is needed to tell it from a single image.
    private static readonly Shape[] s_images = [(5, 6, 3), (3, 6, 5)];

    // Texts are no tensors, so their layers have tests of their own.
    public static IEnumerable<Type> Types => typeof(Layer).Assembly.GetExportedTypes()
        .Where(t => t is { IsAbstract: false, Namespace: "DeepKeras.Layers" } && t.IsAssignableTo(typeof(Layer)) && !t.IsAssignableTo(typeof(TextLayer)))
        .OrderBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>All samples of a layer. An option that it refuses on purpose gives none.</summary>
    public static IReadOnlyList<LayerSample> Of(Type type)
    {
        var constructor = type.GetConstructors().Single();
        var samples = new List<LayerSample>();
        Add("", SampleArguments.Plain(constructor));
        foreach (var (name, arguments) in SampleArguments.Variants(constructor)) Add(name, arguments);
        return samples;

        void Add(string option, object?[] arguments)
        {
            foreach (var inputs in Candidates(type))
            {
                var sample = new LayerSample($"{type.Name}({option}) on {string.Join(", ", inputs.AsEnumerable())}", () => Create(type, arguments), inputs) { Dtype = IsOfWhole(type) ? ScalarType.Int64 : Keras.FloatType };
                if (Takes(sample)) samples.Add(sample);
            }
        }
    }

    private static bool IsOfWhole(Type type) => type.IsAssignableTo(typeof(CategoryLayer)) && type != typeof(Discretization);

    private static Layer Create(Type type, object?[] arguments)
    {
        // A TorchSharp module and the layers inside another belong to one layer, so each gets its own.
        object?[] own = [.. arguments.Select(a => a switch
        {
            torch.nn.Module<Tensor, Tensor> => torch.nn.Linear(4, 3).to(Keras.FloatType),
            Layer layer => SampleArguments.Copy(layer),
            Layer[] layers => Array.ConvertAll(layers, l => (Layer)SampleArguments.Copy(l)),
            _ => a,
        })];
        return (Layer)SampleArguments.Make(type.GetConstructors().Single(), own);
    }

    private static IEnumerable<Shape[]> Candidates(Type type) =>
        type == typeof(CropLike2D) ? [[(5, 6, 4), (3, 5, 2)], [(4, 6, 5), (2, 3, 5)]]
        : type == typeof(HashedCrossing) ? [[1, 1], [Shape.Scalar, Shape.Scalar, Shape.Scalar]]
        : type == typeof(CategoryEncoding) ? [[4], [(6, 4)], [(3, 1)], [4, 4]]
        : type.IsAssignableTo(typeof(AttentionBase)) ? [[(3, 4), (5, 4)], [(3, 4), (5, 2), (5, 4)], [(2, 3, 4), (2, 5, 4)]]
        : type.IsAssignableTo(typeof(MultiHeadBase)) ? [[(3, 4), (5, 4)], [(3, 4), (5, 4), (5, 2), (3, 5)], [(2, 3, 4), (2, 3, 4)]]
        : type.IsAssignableTo(typeof(MergeLayer)) ? [[(3, 4), (3, 4)]]
        // Without states the recurrent kernel of a single step meets zeros.
        : type == typeof(StackedRNNCells) ? [[4, 3, 3, 2]]
        : type == typeof(LSTMCell) ? [[4, 3, 3]]
        : type.IsAssignableTo(typeof(RecurrentCell)) ? [[4, 3]]
        : type == typeof(LSTM) ? [[(6, 4)], [(6, 4), 3, 3]]
        : type.IsAssignableTo(typeof(DenseRecurrentLayer)) ? [[(6, 4)], [(6, 4), 3]]
        : type == typeof(ConvLSTM3D) ? [[new Shape(2, 3, 2, 4, 2)]]
        // On smaller images no pixel moves as far as to its neighbour.
        : type == typeof(RandomElasticTransform) ? [[(24, 30, 3)], [(3, 24, 30)]]
        : (type.IsAssignableTo(typeof(ImageAugmentationLayer)) || type == typeof(Pipeline) ? s_images : s_inputs).Select(s => new[] { s });

    private static bool Takes(LayerSample sample)
    {
        try
        {
            return sample.Create().ComputeOutputShapes(sample.Shapes(2)).Count > 0;
        }
        catch (KerasException)
        {
            return false;
        }
    }
}
