using System.Reflection;
using System.Text.Json.Nodes;
using DeepKeras.Activations;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Conformance;

/// <summary>Constructor arguments by parameter name and type: one for each that has no default, and other values to try for those that have.</summary>
internal static class SampleArguments
{
    private static readonly Dictionary<(string Name, Type Type), object> s_required = new()
    {
        [("axes", typeof(Axes))] = new Axes(2),
        [("activation", typeof(ActivationFunction))] = (ActivationFunction)"tanh",
        [("dims", typeof(Axes))] = new Axes(2, 1),
        [("dims", typeof(int[]))] = new[] { 2, 1 },
        [("dims", typeof(Shape))] = new Shape(2, 1),
        [("filters", typeof(long))] = 4L,
        [("function", typeof(Func<Tensor, Tensor>))] = (Func<Tensor, Tensor>)(x => x.mul(2).tanh()),
        [("kernelSize", typeof(Size1D))] = new Size1D(3),
        [("kernelSize", typeof(Size2D))] = new Size2D(2, 3),
        [("kernelSize", typeof(Size3D))] = new Size3D(2, 1, 3),
        [("n", typeof(long))] = 3L,
        [("n", typeof(int))] = 3,
        [("poolSize", typeof(Size1D))] = new Size1D(2),
        [("poolSize", typeof(Size2D))] = new Size2D(2, 3),
        [("poolSize", typeof(Size3D))] = new Size3D(2, 1, 3),
        [("rate", typeof(double))] = 0.5,
        [("outputSize", typeof(Size1D))] = new Size1D(2),
        [("outputSize", typeof(Size2D))] = new Size2D(2, 3),
        [("outputSize", typeof(Size3D))] = new Size3D(2, 1, 3),
        [("scale", typeof(double))] = 0.5,
        [("scale", typeof(Numbers))] = (Numbers)0.5,
        [("shape", typeof(Shape))] = new Shape(4),
        [("stddev", typeof(double))] = 0.3,
        [("targetShape", typeof(Shape))] = new Shape(-1, 2),
        [("units", typeof(long))] = 3L,
        [("factor", typeof(Numbers))] = (Numbers)0.4,
        [("heightFactor", typeof(Numbers))] = (Numbers)0.3,
        [("widthFactor", typeof(Numbers))] = (Numbers)0.3,
        [("numBins", typeof(long))] = 3L,
        [("maxNumber", typeof(int))] = 3,
        [("numTokens", typeof(long))] = 4L,
        [("height", typeof(int))] = 2,
        [("width", typeof(int))] = 3,
        [("cell", typeof(Layer))] = new GRUCell(3),
        [("cells", typeof(IReadOnlyList<Layer>))] = (Layer[])[new LSTMCell(3), new GRUCell(2)],
        [("layer", typeof(Layer))] = new Dense(3),
        [("layers", typeof(IReadOnlyList<Layer>))] = (Layer[])[new RandomFlip(), new RandomContrast(0.5)],
        [("inputDim", typeof(long))] = 6L,
        [("outputDim", typeof(long))] = 3L,
        [("equation", typeof(string))] = "...b,bc->...c",
        [("outputShape", typeof(Shape))] = new Shape(3),
        [("numHeads", typeof(long))] = 2L,
        [("keyDim", typeof(long))] = 3L,
        [("headDim", typeof(long))] = 3L,
        [("numQueryHeads", typeof(long))] = 4L,
        [("numKeyValueHeads", typeof(long))] = 2L,
        // Losses, metrics, optimizers, schedules.
        [("boundaries", typeof(long[]))] = new long[] { 5, 10 },
        [("values", typeof(double[]))] = new[] { 0.1, 0.05, 0.01 },
        [("initialLearningRate", typeof(double))] = 0.1,
        [("minLearningRate", typeof(double))] = 0.01,
        [("maxLearningRate", typeof(double))] = 0.1,
        [("stepSize", typeof(long))] = 10L,
        [("decaySteps", typeof(long))] = 20L,
        [("firstDecaySteps", typeof(long))] = 20L,
        [("totalSteps", typeof(long))] = 40L,
        [("decayRate", typeof(double))] = 0.9,
        [("innerOptimizer", typeof(Optimizer))] = new SGD(0.01, momentum: 0.9),
        [("loss", typeof(Loss))] = new MeanSquaredError(),
        [("fn", typeof(Func<Tensor, Tensor, Tensor>))] = (Func<Tensor, Tensor, Tensor>)((yTrue, yPred) => (yTrue - yPred).abs().mean([-1])),
        [("function", typeof(Func<Tensor, Tensor, Tensor>))] = (Func<Tensor, Tensor, Tensor>)((yTrue, yPred) => (yTrue - yPred).abs().mean([-1])),
        [("numClasses", typeof(int))] = 3,
        [("targetClassIds", typeof(int[]))] = new[] { 0, 2 },
        [("targetClassId", typeof(int))] = 1,
        [("recall", typeof(double))] = 0.5,
        [("precision", typeof(double))] = 0.5,
        [("sensitivity", typeof(double))] = 0.5,
        [("specificity", typeof(double))] = 0.5,
    };

    /// <summary>Where the default changes nothing, or always the same.</summary>
    private static readonly Dictionary<(Type Layer, string Name), object> s_instead = new()
    {
        // Statistics come from Adapt or from here; without either the layer refuses to run.
        [(typeof(Normalization), "mean")] = (Numbers)0.5,
        [(typeof(Normalization), "variance")] = (Numbers)0.5,
        [(typeof(Discretization), "binBoundaries")] = new Numbers([-0.5, 0, 0.25]),
        [(typeof(IntegerLookup), "vocabulary")] = new Vocabulary<long>([2, 1]),
        [(typeof(Bidirectional), "layer")] = new LSTM(3),
        [(typeof(STFTSpectrogram), "frameLength")] = 4L,
        [(typeof(MelSpectrogram), "fftLength")] = 6L,
        [(typeof(MelSpectrogram), "sequenceStride")] = 2L,
        [(typeof(MelSpectrogram), "numMelBins")] = 2L,
        [(typeof(RandomShear), "xFactor")] = (Numbers)0.5,
        [(typeof(RandomColorJitter), "brightnessFactor")] = (Numbers)0.5,
        [(typeof(RandomColorJitter), "valueRange")] = new Numbers([-1, 1]),
        [(typeof(RandomPosterization), "factor")] = new Numbers([1, 8]),
        [(typeof(RandomPosterization), "valueRange")] = new Numbers([-1, 1]),
        [(typeof(ContrastLimitedAdaptiveHistogramEqualization), "valueRange")] = new Numbers([-1, 1]),
        [(typeof(ContrastLimitedAdaptiveHistogramEqualization), "tileGridSize")] = new Size2D(2, 3),
        [(typeof(AugMix), "valueRange")] = new Numbers([-1, 1]),
        [(typeof(RandomElasticTransform), "valueRange")] = new Numbers([-1, 1]),
        [(typeof(Solarization), "additionFactor")] = (Numbers)0.5,
    };

    private static readonly Dictionary<string, object[]> s_others = new(StringComparer.Ordinal)
    {
        ["activation"] = [(ActivationFunction)"tanh", (ActivationFunction)"softmax"],
        ["alpha"] = [0.3],
        ["axis"] = [1, new Axes(1), new Axes(1, -1)],
        ["attentionAxes"] = [new Axes(1), new Axes(-2)],
        ["biasAxes"] = ["c"],
        ["center"] = [false],
        ["cropping"] = [new Padding1D(2, 0), new Padding2D(1, 2, 0, 1), new Padding3D(1, 0, 0, 1, 1, 0)],
        ["goBackwards"] = [true],
        ["recurrentActivation"] = [(ActivationFunction)"softmax"],
        ["recurrentDropout"] = [0.3],
        ["resetAfter"] = [false],
        ["returnSequences"] = [true],
        ["returnState"] = [true],
        ["unitForgetBias"] = [false],
        ["mergeMode"] = ["sum"],
        ["dropout"] = [0.3],
        ["dataFormat"] = [DataFormat.ChannelsFirst],
        ["depthMultiplier"] = [2, 2L],
        ["dilationRate"] = [new Size1D(2), new Size2D(2, 1), new Size3D(2, 1, 1)],
        ["antialias"] = [true],
        ["cropToAspectRatio"] = [true],
        ["expandDims"] = [true],
        ["fillMode"] = ["wrap"],
        ["fillValue"] = [0.5, (Numbers)0.5],
        ["groups"] = [2, 2L],
        ["hueFactor"] = [(Numbers)0.5],
        ["logitSoftCap"] = [2.0],
        ["mode"] = ["vertical", "batch", "magnitude", "psd", "real", "imag", "stft"],
        ["padToAspectRatio"] = [true],
        ["rmsScaling"] = [true],
        ["saturationFactor"] = [new Numbers([0.1, 0.9])],
        ["valueRange"] = [new Numbers([-1, 1])],
        ["widthFactor"] = [new Numbers([-0.2, 0.1])],
        ["interpolation"] = ["bilinear", "nearest"],
        ["keepdims"] = [true],
        ["loraRank"] = [2L],
        ["maskZero"] = [true],
        ["maxValue"] = [0.6],
        ["momentum"] = [0.5],
        ["negativeSlope"] = [0.2],
        ["noiseShape"] = [new Shape((long?)null, 1L)],
        ["normalize"] = [true],
        ["numOovIndices"] = [2],
        ["maskToken"] = [0L],
        ["maskValue"] = [0.5, (HashMask)1],
        ["salt"] = [(HashSalt)(133, 137)],
        ["outputMode"] = [OutputMode.OneHot, OutputMode.MultiHot, OutputMode.Count],
        ["offset"] = [0.25, (Numbers)0.25],
        ["padding"] = [Padding.Same, (Padding)1, Padding.Ceil, SequencePadding.Same, SequencePadding.Causal, new Padding1D(0, 2), new Padding2D(1, 0, 2, 3), new Padding3D(1, 0, 0, 2, 1, 1)],
        ["powerIterations"] = [3L],
        ["returnAttentionScores"] = [true],
        ["scale"] = [false],
        ["scaleAtInference"] = [true],
        ["sharedAxes"] = [new[] { 1 }, new Axes(1)],
        ["scoreMode"] = ["concat"],
        ["slidingWindow"] = [2L],
        ["size"] = [3L, new Size2D(1, 3), new Size3D(1, 3, 2)],
        ["strides"] = [new Size1D(1), new Size1D(3), new Size2D(2, 2), new Size2D(1, 2), new Size3D(2, 1, 2)],
        ["threshold"] = [0.2],
        ["tieWeights"] = [false],
        ["useBias"] = [false],
        ["useCudnn"] = [(CudnnUse)false, (CudnnUse)true],
        ["useCausalMask"] = [true],
        ["useGate"] = [true],
        ["useScale"] = [true, false],
        ["valueDim"] = [2L],
        ["invert"] = [true],
    };

    /// <summary>The arguments of the plainest object of a class: defaults, and samples where there is none.</summary>
    /// <exception cref="InvalidOperationException">A parameter without default has no sample here.</exception>
    public static object?[] Plain(ConstructorInfo constructor) => [.. constructor.GetParameters().Select(Plain)];

    /// <summary>Arguments that differ from the plain ones in one place each, with the parameter's name.</summary>
    public static IEnumerable<(string Name, object?[] Arguments)> Variants(ConstructorInfo constructor)
    {
        var parameters = constructor.GetParameters();
        var plain = Plain(constructor);
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = Nullable.GetUnderlyingType(parameters[i].ParameterType) ?? parameters[i].ParameterType;
            foreach (var other in s_others.GetValueOrDefault(parameters[i].Name!, []).Where(o => type.IsInstanceOfType(o)))
            {
                var arguments = (object?[])plain.Clone();
                arguments[i] = other;
                yield return ($"{parameters[i].Name}: {Text(other)}", arguments);
            }
        }
    }

    /// <summary>A new object; a refusal comes out as it was thrown.</summary>
    public static object Make(ConstructorInfo constructor, object?[] arguments)
    {
        try
        {
            return constructor.Invoke(arguments);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>A second object from the properties that belong to the constructor's parameters: "the constructor is the config".</summary>
    public static object Copy(object original)
    {
        var description = ConfigClass.Of(original.GetType());
        return description.Create([.. description.Members.Select(m => m.Property.GetValue(original) is var value && value is OptimizerMap map ? CopyThroughJson(map) : value)]);
    }

    /// <summary>A second object from the JSON of the first; a plain copy where the object holds code, which JSON cannot carry.</summary>
    /// <typeparam name="T">The family.</typeparam>
    public static T CopyThroughJson<T>(T original)
        where T : class
    {
        if (HoldsCode(original.GetType())) return (T)Copy(original);
        return ObjectConfig.Read<T>(JsonNode.Parse(ObjectConfig.Write(original).ToJsonString())!);
    }

    /// <summary>Whether a constructor takes a function or a TorchSharp module.</summary>
    public static bool HoldsCode(Type type) =>
        Array.Exists(type.GetConstructors().Single().GetParameters(), p => p.ParameterType.IsAssignableTo(typeof(Delegate)) || p.ParameterType == typeof(torch.nn.Module<Tensor, Tensor>));

    private static object? Plain(ParameterInfo parameter)
    {
        if (s_instead.TryGetValue((parameter.Member.DeclaringType!, parameter.Name!), out var instead)) return instead;
        if (!parameter.HasDefaultValue)
        {
            if (parameter.ParameterType == typeof(torch.nn.Module<Tensor, Tensor>)) return torch.nn.Linear(4, 3).to(Keras.FloatType);
            // The optimizers inside have a state of their own, so that two objects must not share them.
            if (parameter.ParameterType == typeof(OptimizerMap)) return new OptimizerMap(new Adam(0.01), new Dictionary<string, Optimizer> { [".*/bias"] = new SGD(0.01, momentum: 0.9) });
            return s_required.TryGetValue((parameter.Name!, parameter.ParameterType), out var sample)
                ? sample
                : throw new InvalidOperationException($"No sample for the parameter {parameter.Name} ({parameter.ParameterType.Name}) of {parameter.Member.DeclaringType!.Name}: add one to {nameof(SampleArguments)}.");
        }
        return parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? Activator.CreateInstance(parameter.ParameterType)
            : parameter.DefaultValue;
    }

    private static string Text(object value) => value is System.Collections.IEnumerable and not string ? string.Join(",", ((System.Collections.IEnumerable)value).Cast<object>()) : value.ToString()!;
}
