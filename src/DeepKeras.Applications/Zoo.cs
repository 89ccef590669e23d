using System.Reflection;

namespace DeepKeras.Applications;

/// <summary>
/// The networks of the literature. <c>using static DeepKeras.Applications.Zoo;</c> brings one method per network: <c>VGG16(…)</c>, <c>ResNet50(…)</c> ….
/// </summary>
/// <remarks>
/// Each is torchvision's exact variant where torchvision has the network, so that its weight files fit; layers are named as in Keras, so that
/// <c>net.GetLayer("block5_conv3")</c> works as in the books. Images are (N, H, W, 3), prepared by <c>net.Preprocess(images)</c>.
/// </remarks>
public static partial class Zoo
{
    private static readonly SortedDictionary<string, MethodInfo> s_models = Find();

    /// <summary>The names that <see cref="Create"/> takes.</summary>
    /// <param name="containing">Only names with this text in them; all by default.</param>
    /// <remarks><code>foreach (var name in Zoo.ListModels("resnet")) Console.WriteLine(name);</code></remarks>
    public static IReadOnlyList<string> ListModels(string containing = "") =>
        [.. s_models.Keys.Where(n => n.Contains(containing, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Builds a network by its name. What is not given has the default of the network's own method, but for <paramref name="weights"/>: random ones.</summary>
    /// <param name="name">One of <see cref="ListModels"/>: <c>"resnet50"</c>.</param>
    /// <param name="includeTop">Whether the classifier is there.</param>
    /// <param name="weights">The name of a weight set (<c>"imagenet"</c>), the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation; <c>"linear"</c> gives logits.</param>
    /// <exception cref="KerasException">There is no network of that name, or it has no such option; the nearest names are listed.</exception>
    /// <remarks><code>var net = Zoo.Create("resnet50", weights: "imagenet");</code></remarks>
    public static Model Create(
        string name,
        bool? includeTop = null,
        string? weights = null,
        KerasTensor? inputTensor = null,
        Shape? inputShape = null,
        string? pooling = null,
        int? classes = null,
        ActivationFunction? classifierActivation = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!s_models.TryGetValue(name, out var method)) throw Throw.UnknownModel(name, s_models.Keys);
        var given = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(includeTop)] = includeTop,
            [nameof(inputTensor)] = inputTensor,
            [nameof(inputShape)] = inputShape,
            [nameof(pooling)] = pooling,
            [nameof(classes)] = classes,
            [nameof(classifierActivation)] = classifierActivation,
        };
        var parameters = method.GetParameters();
        foreach (var (option, value) in given)
        {
            if (value is not null && !Array.Exists(parameters, p => p.Name == option)) throw Throw.NoSuchOption(name, option, parameters);
        }
        if (weights is not null && !Array.Exists(parameters, p => p.Name == nameof(weights))) throw Throw.NoSuchOption(name, nameof(weights), parameters);
        var arguments = Array.ConvertAll(parameters, p => p.Name == nameof(weights) ? weights : given.GetValueOrDefault(p.Name!) ?? p.DefaultValue);
        return (Model)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    private static SortedDictionary<string, MethodInfo> Find() => new(
        typeof(Zoo).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.IsDefined(typeof(ZooModelAttribute)))
            .ToDictionary(m => m.GetCustomAttribute<ZooModelAttribute>()!.Name, m => m, StringComparer.Ordinal),
        StringComparer.Ordinal);
}
