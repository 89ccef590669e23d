using System.Globalization;
using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Layers: outputs for given weights, weights after a call, shapes and counts.</summary>
internal static class LayerCases
{
    public static string? Output(Case @case)
    {
        if (Case.Property(Case.Property(@case.Inputs, "data"), "bounding_boxes") is { ValueKind: JsonValueKind.Object } boxes) return Boxes(@case, boxes);
        var (layer, inputs, masks, training) = Prepare(@case);
        var (outputs, difference) = Run(layer, inputs, training, masks);
        if (difference is not null) return difference;
        if (@case.TargetIndex("output_index") is { } index)
        {
            if (index >= outputs.Count) throw new NotCoveredException($"{@case.Name} gives {outputs.Count} outputs");
            return @case.Compare(Row(@case, outputs[index]));
        }
        return @case.Compare(Row(@case, outputs[0]));
    }

    public static string? WeightAfterCall(Case @case)
    {
        var (layer, inputs, masks, training) = Prepare(@case);
        _ = Run(layer, inputs, training, masks);
        return @case.Compare(layer.Weights[@case.TargetIndex("weight_index") ?? 0].ToTensor());
    }

    public static string? Shapes(Case @case)
    {
        var layer = KerasObjects.Create<Layer>(@case.Name, WithCallArguments(@case, Case.Property(@case.Inputs, "call_kwargs")));
        var training = Flag(Case.Property(@case.Inputs, "call_kwargs"), "training") ?? false;
        var (outputs, difference) = Run(layer, SampleInputs(@case), training);
        if (difference is not null) return difference;
        foreach (var expectation in @case.Expected.EnumerateObject())
        {
            if (Unmet(layer, outputs, expectation) is { } unmet) return unmet;
        }
        return null;
    }

    /// <summary>Builds and calls a layer; also holds the promised shapes against the real ones.</summary>
    public static (IReadOnlyList<Tensor> Outputs, string? Difference) Run(Layer layer, IReadOnlyList<Tensor> inputs, bool training, IReadOnlyList<Tensor?>? masks = null)
    {
        Shape[] shapes = [.. inputs.Select(Shape.Of)];
        var promised = layer.ComputeOutputShapes(shapes);
        layer.EnsureBuilt(shapes);
        var outputs = masks?.Any(m => m is not null) == true && layer is IMaskConsumer consumer ? consumer.Forward(inputs, masks, training) : layer.ForwardMany(inputs, training);
        for (var i = 0; i < outputs.Count; i++)
        {
            if (i >= promised.Count || !promised[i].Accepts(outputs[i].shape)) return (outputs, $"output {i} has shape {Shape.Of(outputs[i])} but ComputeOutputShapes says {string.Join("; ", promised)}");
        }
        return (outputs, null);
    }

    /// <summary>An image with its boxes; of what comes out, the boxes are compared.</summary>
    private static string? Boxes(Case @case, JsonElement boxes)
    {
        var layer = KerasObjects.Create<Layer>(@case.Name, @case.Config) as ImageAugmentationLayer ?? throw new NotCoveredException($"{@case.Name} moves no boxes");
        var images = JsonTensors.Read(@case.Inputs.GetProperty("data").GetProperty("images"));
        var corners = JsonTensors.Read(boxes.GetProperty("boxes"));
        // Keras lets the labels of one image have a batch axis that its boxes do not have.
        var labels = JsonTensors.Read(boxes.GetProperty("labels")).reshape(corners.shape[..^1]);
        var moved = layer.Apply(new ImageSamples(images, Boxes: corners.to_type(ScalarType.Float32), BoxLabels: labels), Flag(@case.Inputs, "training") ?? true);
        return @case.TargetIndex("output_index") switch
        {
            null or 0 => @case.Compare(moved.Boxes!),
            1 => @case.CompareNumbers(JsonTensors.Numbers(moved.BoxLabels!)),
            var other => throw new NotCoveredException($"part {other} of the samples"),
        };
    }

    private static (Layer Layer, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor?> Masks, bool Training) Prepare(Case @case)
    {
        var layer = KerasObjects.Create<Layer>(@case.Name, WithCallArguments(@case, @case.Inputs));
        JsonProperty[] given = [.. KerasObjects.Members(@case.Inputs)];
        var inputs = new List<Tensor>();
        foreach (var (input, index) in given.Select((p, i) => (p, i)))
        {
            if (index == 0) inputs.AddRange(Tensors(input.Value));
            else if (input.Name is "training" or "mask" or "_keras_mask" or "prior_calls" || IsOption(@case, input.Name) || layer.Variant(input.Name) is not null) continue;
            else if (input.Name is "query" or "value" or "key" or "initial_state" or "count_weights") inputs.AddRange(Tensors(input.Value));
            else if (input.Value.ValueKind is JsonValueKind.Null or JsonValueKind.False) continue;
            else throw new NotCoveredException($"call argument {input.Name}");
        }
        if (inputs.Exists(i => i.dtype == ScalarType.Bool)) throw new NotCoveredException("boolean inputs");
        if (@case.Weights.ValueKind == JsonValueKind.Array)
        {
            Shape[] shapes = [.. inputs.Select(Shape.Of)];
            _ = layer.ComputeOutputShapes(shapes);
            layer.EnsureBuilt(shapes);
            layer.SetWeights([.. @case.Weights.EnumerateArray().Select(JsonTensors.Read)]);
        }
        if (Case.Property(@case.Inputs, "prior_calls") is { ValueKind: JsonValueKind.Array } earlier)
        {
            foreach (var call in earlier.EnumerateArray()) _ = Run(layer, [.. call.EnumerateObject().SelectMany(p => Tensors(p.Value))], training: false);
        }
        foreach (var argument in given.Where(g => g.Value.ValueKind == JsonValueKind.True)) layer = layer.Variant(argument.Name) ?? layer;
        return (layer, inputs, Masks(@case, inputs.Count), Flag(@case.Inputs, "training") ?? false);
    }

    /// <summary>The masks of the inputs: an argument <c>mask</c>, one or a list, or what the reference keeps on the tensors, by argument and place.</summary>
    private static Tensor?[] Masks(Case @case, int inputs)
    {
        var masks = new Tensor?[inputs];
        var given = Case.Property(@case.Inputs, "mask");
        if (given.ValueKind == JsonValueKind.Object) masks[0] = Mask(given);
        else if (given.ValueKind == JsonValueKind.Array)
        {
            foreach (var (mask, i) in given.EnumerateArray().Select((m, i) => (m, i)).Where(p => p.m.ValueKind == JsonValueKind.Object)) masks[i] = Mask(mask);
        }
        foreach (var kept in KerasObjects.Members(Case.Property(@case.Inputs, "_keras_mask")))
        {
            var place = kept.Name.Split('.');
            masks[place.Length > 1 ? int.Parse(place[1], CultureInfo.InvariantCulture) : 0] = Mask(kept.Value);
        }
        return masks;
    }

    private static Tensor Mask(JsonElement json) => JsonTensors.Read(json).to_type(ScalarType.Bool);

    /// <summary>The config with those arguments of the call that are options of the layer here.</summary>
    private static JsonElement WithCallArguments(Case @case, JsonElement call)
    {
        var options = KerasObjects.Members(call).Where(argument => IsOption(@case, argument.Name)).ToList();
        if (options.Count == 0) return @case.Config;
        var config = KerasObjects.Members(@case.Config).Concat(options).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        return JsonSerializer.SerializeToElement(config);
    }

    private static bool IsOption(Case @case, string argument) =>
        KerasObjects.Exists(typeof(Layer), @case.Name) && ConfigClass.Of(KerasObjects.Find(typeof(Layer), @case.Name)).Members.Any(m => m.IsCallArgument && m.Key == argument);

    private static Tensor[] SampleInputs(Case @case)
    {
        foreach (var argument in KerasObjects.Members(Case.Property(@case.Inputs, "call_kwargs")))
        {
            if (argument.Name != "training" && !IsOption(@case, argument.Name)) throw new NotCoveredException($"call argument {argument.Name}");
        }
        if (Case.Property(@case.Inputs, "input_data") is { ValueKind: not JsonValueKind.Undefined } data) return [.. Tensors(data)];
        var shape = Case.Property(@case.Inputs, "input_shape");
        var isInteger = Case.Property(@case.Inputs, "input_dtype").ToString().Contains("int", StringComparison.Ordinal);
        if (shape.ValueKind == JsonValueKind.Object) return [.. KerasObjects.Members(shape).Select(s => Sample(s.Value, isInteger))];
        if (shape.ValueKind != JsonValueKind.Array) throw new NotCoveredException("inputs named by a dictionary");
        var several = shape.GetArrayLength() > 0 && shape[0].ValueKind == JsonValueKind.Array;
        return [.. (several ? shape.EnumerateArray() : (IEnumerable<JsonElement>)[shape]).Select(s => Sample(s, isInteger))];
    }

    private static Tensor Sample(JsonElement shape, bool isInteger)
    {
        long[] extents = [.. shape.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number ? e.GetInt64() : throw new NotCoveredException("a shape with an unknown extent"))];
        return isInteger ? torch.ones(extents, ScalarType.Int64) : torch.rand(extents, ScalarType.Float32);
    }

    private static string? Unmet(Layer layer, IReadOnlyList<Tensor> outputs, JsonProperty expectation)
    {
        var value = expectation.Value;
        return expectation.Name switch
        {
            "output_shape" when value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Array =>
                value.EnumerateArray().Select((s, i) => i < outputs.Count ? ShapeDiffers(s, outputs[i]) : $"there is no output {i}").FirstOrDefault(d => d is not null),
            "output_shape" => ShapeDiffers(value, outputs[0]),
            "num_trainable_weights" => Differs("trainable weights", value.GetInt32(), layer.TrainableWeights.Count),
            "num_non_trainable_weights" => Differs("non-trainable weights", value.GetInt32(), layer.NonTrainableWeights.Count),
            "num_losses" => Differs("penalties", value.GetInt32(), layer.Weights.Count(w => w.Regularizer is not null) + (layer.ActivityRegularizer is null ? 0 : 1)),
            // Released Keras hands the mask of a recurrent layer on; the snapshot that the cases come from has it switched off.
            // TimeDistributed says that it does not, and takes a mask all the same for the layer inside.
            "supports_masking" when layer is not (RecurrentLayer or Bidirectional or TimeDistributed) => Differs("masks kept or made", value.GetBoolean() ? 1 : 0, layer.SupportsMasking || layer is IMaskProducer or IMaskConsumer ? 1 : 0),
            // Seed generators are Keras's own bookkeeping; numbers that depend on them have cases of their own.
            _ => null,
        };
    }

    private static string? ShapeDiffers(JsonElement expected, Tensor actual)
    {
        var shape = new Shape([.. expected.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number ? e.GetInt64() : (long?)null)]);
        return shape.Accepts(actual.shape) ? null : $"the shape is {Shape.Of(actual)} instead of {shape}";
    }

    private static string? Differs(string what, int expected, int actual) => expected == actual ? null : $"{actual} {what} instead of {expected}";

    private static bool? Flag(JsonElement json, string name) => Case.Property(json, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Tensor Row(Case @case, Tensor output) => @case.TargetIndex("batch_index") is { } row ? output.select(0, row) : output;

    private static IEnumerable<Tensor> Tensors(JsonElement json)
    {
        if (JsonTensors.IsTensor(json)) return [JsonTensors.Read(json)];
        if (json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(JsonTensors.IsTensor)) return json.EnumerateArray().Select(JsonTensors.Read);
        if (json.ValueKind is JsonValueKind.Array or JsonValueKind.Number) return [JsonTensors.Read(json)];
        throw new NotCoveredException("inputs named by a dictionary");
    }
}
