using System.Text.Json.Nodes;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

/// <summary>Models that keep float32 weights and compute in 16 bits.</summary>
public sealed class MixedPrecisionTests
{
    [TearDown]
    public void Restore() => SetDtypePolicy("float32");

    [Test]
    public void A_layer_computes_in_bfloat16_what_torch_computes_in_bfloat16()
    {
        ScalarType? seen = null;
        SetDtypePolicy("mixed_bfloat16");
        Sequential model = [Dense(5, activation: "relu", inputShape: 7), Lambda((Tensor t) => Look(t)), Dense(3)];
        var x = Sample(ScalarType.Float32, 4, 7);
        var output = model.Predict(x)[0];
        seen.Should().Be(ScalarType.BFloat16);
        output.dtype.Should().Be(ScalarType.Float32, "readers get float32");
        model.Weights.Should().AllSatisfy(w => w.Value.dtype.Should().Be(ScalarType.Float32));

        Tensor Narrow(Weight w) => w.ToTensor().to_type(ScalarType.BFloat16);
        var w = model.Weights;
        var hidden = x.to_type(ScalarType.BFloat16).matmul(Narrow(w[0])).add(Narrow(w[1])).relu();
        Close(output, hidden.matmul(Narrow(w[2])).add(Narrow(w[3])).to_type(ScalarType.Float32), 1e-2, 1e-2);
        // Exactly so many bits as bfloat16 has.
        Same(output, output.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32)).Should().BeTrue();

        Tensor Look(Tensor t)
        {
            seen = t.dtype;
            return t;
        }
    }

    [Test]
    public void Training_changes_the_float32_weights()
    {
        var (x, y) = (Sample(ScalarType.Float32, 64, 6, 6, 3), Sample(ScalarType.Float32, 64, 2));
        double[] Losses(string policy)
        {
            SetDtypePolicy(policy);
            SetRandomSeed(1);
            Sequential model = [Conv2D(4, 3, inputShape: (6, 6, 3)), BatchNormalization(), Activation("relu"), Flatten(), Dense(2)];
            model.Compile("adam", "mse", metrics: ["mae"]);
            return [.. model.Fit(x, y, epochs: 8, verbose: 0, shuffle: false)["loss"]];
        }

        var (narrow, wide) = (Losses("mixed_bfloat16"), Losses("float32"));
        narrow[^1].Should().BeLessThan(0.8 * narrow[0]);
        // Eight bits of mantissa: half a per cent per operation.
        narrow.Zip(wide).Should().AllSatisfy(p => p.First.Should().BeApproximately(p.Second, 0.02 * p.Second));
        narrow.Should().NotEqual(wide);
    }

    [Test]
    public void A_last_layer_of_float32_stays_so()
    {
        SetDtypePolicy("mixed_bfloat16");
        var x = Input(shape: 4);
        var t = Dense(8)(x);
        SetDtypePolicy("float32");
        var model = new Model([x], [Dense(2)(t)]);
        t.Dtype.Should().Be(ScalarType.BFloat16);
        model.Output.Dtype.Should().Be(ScalarType.Float32);
        var output = model.Predict(Sample(ScalarType.Float32, 3, 4))[0];
        Same(output, output.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32)).Should().BeFalse("the last layer has all its bits");
    }

    [Test]
    public void The_policy_is_saved_in_Keras_s_words()
    {
        SetDtypePolicy("mixed_bfloat16");
        Sequential model = [Dense(2, inputShape: 3)];
        SetDtypePolicy("float32");
        JsonNode.Parse(model.ToJson())!.ToJsonString().Should().Contain("\"dtype\":\"mixed_bfloat16\"");
        var copy = Model.FromJson(model.ToJson());
        copy.Layers[0].DtypePolicy.Should().Be((DtypePolicy)"mixed_bfloat16");
        copy.Layers[0].Weights.Should().AllSatisfy(w => w.Value.dtype.Should().Be(ScalarType.Float32));
    }

    [Test]
    public void Mixed_steps_leave_no_tensor_behind()
    {
        SetDtypePolicy("mixed_bfloat16");
        Sequential model = [Dense(4, activation: "relu", inputShape: 3), Dropout(0.2), Dense(2)];
        model.Compile("adam", "mse");
        var (x, y) = (Sample(ScalarType.Float32, 4, 3), Sample(ScalarType.Float32, 4, 2));
        Leaks.None(() => model.Fit(x, y, verbose: 0, batchSize: 2));
        Leaks.None(() => model.Predict(x).Dispose());
    }

    [Test]
    public void A_policy_knows_its_types_and_names()
    {
        ((DtypePolicy)"mixed_float16").ComputeType.Should().Be(ScalarType.Float16);
        ((DtypePolicy)"mixed_float16").VariableType.Should().Be(ScalarType.Float32);
        default(DtypePolicy).ToString().Should().Be("float32");
        DtypePolicy.Of(ScalarType.Float64).ToString().Should().Be("float64");
        FloatType = ScalarType.Float64;
        Keras.DtypePolicy.ToString().Should().Be("float64");
        var unknown = () => SetDtypePolicy("mixed_float8");
        unknown.Should().Throw<KerasException>().WithMessage("*\"mixed_float8\"*mixed_float16*");
    }
}
