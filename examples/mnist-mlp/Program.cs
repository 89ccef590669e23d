// The multi-layer perceptron 784-512-512-512-10 with dropout: 932,362 parameters.
// usage: mnist-mlp [epochs] [mnist | fashion]
using System.Globalization;
using DeepKeras.Datasets;

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
var wanted = args.Length > 1 ? args[1] : "mnist";
SetRandomSeed(1);

var ((xTrainRaw, yTrainRaw), (xTestRaw, yTestRaw)) = Load(wanted);
var xTrain = xTrainRaw.reshape(60000, 784).to_type(torch.ScalarType.Float32).div(255);
var xTest = xTestRaw.reshape(10000, 784).to_type(torch.ScalarType.Float32).div(255);
Console.WriteLine($"{xTrain.shape[0]} train samples");
Console.WriteLine($"{xTest.shape[0]} test samples");
var yTrain = ToCategorical(yTrainRaw, 10);
var yTest = ToCategorical(yTestRaw, 10);

var model = new Sequential();
model.Add(Dense(512, activation: "relu", inputShape: 784));
model.Add(Dropout(0.2));
model.Add(Dense(512, activation: "relu"));
model.Add(Dropout(0.2));
model.Add(Dense(512, activation: "relu"));
model.Add(Dropout(0.2));
model.Add(Dense(10, activation: "softmax"));
model.Summary();

model.Compile(loss: "categorical_crossentropy", optimizer: new RMSprop(), metrics: ["accuracy"]);
var history = model.Fit(xTrain, yTrain, batchSize: 128, epochs: epochs, verbose: 1, validationData: (xTest, yTest));
var score = model.Evaluate(xTest, yTest, verbose: 0);
Console.WriteLine($"Test loss: {score[0]:0.0000}");
Console.WriteLine($"Test accuracy: {score[1]:0.0000} (best epoch {history["val_accuracy"].Max():0.0000})");

static ((torch.Tensor X, torch.Tensor Y) Train, (torch.Tensor X, torch.Tensor Y) Test) Load(string wanted)
{
    if (wanted == "mnist")
    {
        try
        {
            return Mnist.Load();
        }
        catch (KerasException failure)
        {
            Console.WriteLine($"MNIST cannot be had: {failure.Message}\nGoing on with Fashion-MNIST.\n");
        }
    }
    return FashionMnist.Load();
}
