using System.Text.Json.Nodes;
using DeepKeras.Layers;
using DeepKeras.Losses;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Keras's functional operations, run through the layer, loss or function that does the same.</summary>
internal static class OperationCases
{
    public static string? Run(Case @case) => @case.Name switch
    {
        "average_pool" => Layer(@case, Ranked("AveragePooling", @case), "pool_size"),
        "max_pool" => Layer(@case, Ranked("MaxPooling", @case), "pool_size"),
        "conv" => Convolution(@case, "Conv", Kernel(@case, "kernel"), k => k[^1], groups: true),
        "conv_transpose" => Convolution(@case, "Conv", Kernel(@case, "kernel"), k => k[^2], suffix: "Transpose"),
        "depthwise_conv" => Convolution(@case, "DepthwiseConv", Kernel(@case, "kernel"), null),
        "separable_conv" => Convolution(@case, "SeparableConv", Kernel(@case, "depthwise_kernel"), _ => Kernel(@case, "pointwise_kernel").shape[^1], pointwise: Kernel(@case, "pointwise_kernel")),
        "binary_crossentropy" => Loss(@case, "BinaryCrossentropy"),
        "categorical_crossentropy" => Loss(@case, "CategoricalCrossentropy"),
        "sparse_categorical_crossentropy" => Loss(@case, "SparseCategoricalCrossentropy"),
        "one_hot" => OneHot(@case),
        "multi_hot" => MultiHot(@case),
        "normalize" => Normalize(@case) ?? OpsCases.Run(@case),
        "batch_normalization" => BatchNormalization(@case),
        "rms_normalization" => RmsNormalization(@case),
        // The operation approximates unless told otherwise; the activation of the same name does not.
        "gelu" => @case.Compare(FunctionCases.Call("gelu", JsonSerializer.SerializeToElement(new { approximate = true }), @case.Input("x")!)),
        _ when OpsCases.Has(@case.Name) => OpsCases.Run(@case),
        _ when @case.Input("x") is { } x => @case.Compare(FunctionCases.Call(@case.Name, @case.Inputs, x)),
        _ => throw new NotCoveredException($"no counterpart of the operation {@case.Name}"),
    };

    private static string Ranked(string prefix, Case @case, string suffix = "") => $"{prefix}{@case.Input("inputs")!.ndim - 2}D{suffix}";

    private static Tensor Kernel(Case @case, string name) => @case.Input(name)!;

    private static string? Layer(Case @case, string name, params string[] further)
    {
        var config = Options(@case, [.. further, "strides", "padding", "data_format"]);
        var layer = KerasObjects.Create<Layer>(name, ToElement(config));
        var (outputs, difference) = LayerCases.Run(layer, [@case.Input("inputs")!], training: false);
        return difference ?? @case.Compare(outputs[0]);
    }

    private static string? Convolution(Case @case, string prefix, Tensor kernel, Func<long[], long>? filters, bool groups = false, string suffix = "", Tensor? pointwise = null)
    {
        var inputs = @case.Input("inputs")!;
        var shape = kernel.shape;
        var config = Options(@case, ["strides", "padding", "data_format", "dilation_rate"]);
        config["kernel_size"] = new JsonArray([.. shape[..^2].Select(e => (JsonNode)e)]);
        config["use_bias"] = false;
        if (filters is not null) config["filters"] = filters(shape);
        if (prefix is "DepthwiseConv" or "SeparableConv") config["depth_multiplier"] = shape[^1];
        var channels = Case.Property(@case.Inputs, "data_format").ToString() == "channels_first" ? inputs.shape[1] : inputs.shape[^1];
        if (groups && channels != shape[^2]) config["groups"] = channels / shape[^2];
        // Keras's operations take strides together with dilation, its layers refuse them.
        if (HasStridedDilation(@case)) return OpsCases.Run(@case);
        var layer = KerasObjects.Create<Layer>(Ranked(prefix, @case, suffix), ToElement(config));
        layer.EnsureBuilt([Shape.Of(inputs)]);
        layer.SetWeights(pointwise is null ? [kernel] : [kernel, pointwise]);
        var (outputs, difference) = LayerCases.Run(layer, [inputs], training: false);
        return difference ?? @case.Compare(outputs[0]) ?? OpsCases.Run(@case);
    }

    public static bool HasStridedDilation(Case @case)
    {
        return IsLarge("strides") && IsLarge("dilation_rate");

        bool IsLarge(string name) => Case.Property(@case.Inputs, name) is { ValueKind: JsonValueKind.Number or JsonValueKind.Array } value && JsonTensors.Numbers(value).Any(n => n > 1);
    }

    private static string? Loss(Case @case, string name)
    {
        var loss = KerasObjects.Create<Loss>(name, ToElement(Options(@case, ["from_logits", "axis"])));
        return @case.CompareNumbers(JsonTensors.Numbers(loss.Call(@case.Input("target")!, @case.Input("output")!)));
    }

    private static string? OneHot(Case @case)
    {
        var classes = @case.Inputs.GetProperty("num_classes").GetInt32();
        // The layer writes the classes along the last axis, which the operation may put elsewhere; it also takes an axis of extent 1 away, which the operation keeps.
        if (Case.Property(@case.Inputs, "axis") is { ValueKind: JsonValueKind.Number } axis && axis.GetInt32() != -1)
        {
            return @case.CompareNumbers(JsonTensors.Numbers(Keras.ToCategorical(@case.Input("x")!.unsqueeze(-1), classes).movedim([-1], [axis.GetInt32()])));
        }
        return Layer("CategoryEncoding", @case, @case.Input("x")!, ("num_tokens", classes), ("output_mode", "one_hot"));
    }

    private static string? MultiHot(Case @case)
    {
        var classes = @case.Inputs.GetProperty("num_classes").GetInt64();
        var numbers = @case.Input("inputs")!;
        // The operation leaves negative numbers out, the layer refuses them; what both are made of leaves out the number of classes.
        return @case.CompareNumbers(JsonTensors.Numbers(CategoryEncoder.Encode(numbers.masked_fill(numbers.lt(0), classes), OutputMode.MultiHot, classes, ScalarType.Float32)));
    }

    private static string? Normalize(Case @case)
    {
        // Functions that divide by the norm, too, but know one axis and the usual floor only.
        if (Case.Property(@case.Inputs, "axis") is not { ValueKind: JsonValueKind.Number } axis || Case.Property(@case.Inputs, "epsilon").ValueKind == JsonValueKind.Number) return null;
        if (Case.Property(@case.Inputs, "order") is { ValueKind: JsonValueKind.Number } order && order.GetInt32() != 2) return @case.Compare(Keras.Normalize(@case.Input("x")!, axis.GetInt32(), order.GetDouble()));
        return Layer("UnitNormalization", @case, @case.Input("x")!, ("axis", axis.GetInt32()));
    }

    private static string? BatchNormalization(Case @case)
    {
        var layer = KerasObjects.Create<Layer>("BatchNormalization", ToElement(Options(@case, ["axis", "epsilon"])));
        var x = @case.Input("x")!;
        layer.EnsureBuilt([Shape.Of(x)]);
        layer.SetWeights([@case.Input("scale")!, @case.Input("offset")!, @case.Input("mean")!, @case.Input("variance")!]);
        return @case.Compare(layer.Call(x));
    }

    private static string? RmsNormalization(Case @case)
    {
        var layer = KerasObjects.Create<Layer>("RMSNormalization", ToElement(Options(@case, ["axis", "epsilon"])));
        var x = @case.Input("x")!;
        layer.EnsureBuilt([Shape.Of(x)]);
        layer.SetWeights([@case.Input("scale")!]);
        return @case.Compare(layer.Call(x));
    }

    private static string? Layer(string name, Case @case, Tensor input, params (string Option, JsonNode Value)[] options)
    {
        var config = new JsonObject(options.Select(o => KeyValuePair.Create<string, JsonNode?>(o.Option, o.Value)));
        var (outputs, difference) = LayerCases.Run(KerasObjects.Create<Layer>(name, ToElement(config)), [input], training: false);
        return difference ?? @case.CompareNumbers(JsonTensors.Numbers(outputs[0]));
    }

    /// <summary>The named inputs that are options rather than tensors.</summary>
    private static JsonObject Options(Case @case, string[] names)
    {
        var options = new JsonObject();
        foreach (var name in names)
        {
            if (Case.Property(@case.Inputs, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value) options[name] = JsonNode.Parse(value.GetRawText());
        }
        return options;
    }

    private static JsonElement ToElement(JsonObject options) => JsonSerializer.SerializeToElement(options);
}
