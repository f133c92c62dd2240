"""Made-up people and places of a made-up Area; any likeness to a real person is chance."""

WOMEN = (
    "Amelia", "Olivia", "Isla", "Ava", "Ivy", "Freya", "Lily", "Florence", "Mia", "Willow",
    "Rosie", "Sophia", "Isabella", "Grace", "Daisy", "Aisha", "Fatima", "Maryam", "Zainab",
    "Priya", "Anjali", "Simran", "Harpreet", "Chloe", "Jade", "Shanice", "Naomi", "Ruth",
    "Margaret", "Susan", "Karen", "Deborah", "Joanne", "Siân", "Niamh", "Agnieszka", "Ewa",
    "Mei", "Adaeze", "Folasade",
)  # fmt: skip
MEN = (
    "Noah", "Oliver", "George", "Arthur", "Muhammad", "Leo", "Harry",
    "Oscar", "Archie", "Henry", "Theo", "Jack", "Charlie", "Freddie", "Alfie", "Yusuf", "Ibrahim",
    "Hamza", "Rajesh", "Gurpreet", "Vikram", "Marcus", "Jerome", "Kwame", "Chinedu", "Owen",
    "Rhys", "Seán", "Piotr", "Andrei", "David", "Peter", "Stephen", "Kevin", "Darren", "Wayne",
    "Graham", "Keith", "Colin", "Wei",
)  # fmt: skip
GIVEN = (*WOMEN, *MEN)
FAMILY = (
    "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel",
    "Robinson", "Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall",
    "Wood", "Jackson", "Clarke", "Khan", "Hughes", "Edwards", "Turner", "Lewis", "Hill", "Cooper",
    "Ward", "Morris", "Moore", "Clark", "Lee", "King", "Baker", "Harrison", "Morgan", "Allen",
    "James", "Scott", "Ali", "Ahmed", "Hussain", "Begum", "Mahmood", "Singh", "Kaur", "Sharma",
    "Mistry", "Shah", "Chowdhury", "Okafor", "Adeyemi", "Mensah", "Campbell", "Stewart", "Murphy",
    "O’Connor", "Kelly", "Fitzgerald", "Byrne", "Nowak", "Kowalska", "Popescu", "Chen", "Wong",
    "Nguyen", "Price", "Griffiths", "Powell", "Bevan", "Llewellyn", "Hargreaves", "Ashworth",
    "Butterworth", "Entwistle", "Fairclough", "Pemberton", "Whittaker", "Ramsbottom", "Tunnicliffe",
    "Bradshaw", "Cartwright", "Danks", "Hadley", "Perks", "Round", "Yardley", "Attwood", "Bagley",
    "Cope", "Dunn", "Foley", "Grainger", "Homer", "Jukes", "Kendrick", "Lowe", "Mole", "Nock",
)  # fmt: skip
STREETS = ("Mill Lane", "Church Street", "Station Road", "Victoria Terrace", "Park Avenue",
           "Queens Road", "Orchard Close", "High Street", "Canal Side", "Chestnut Drive",
           "Albion Street", "The Crescent")  # fmt: skip
TOWNS = ("Aldbridge", "Stonehampton", "Marlow Heath", "Kingsbourne", "Wrenford", "Northwick",
         "Hallowby", "Tamebridge", "Colesworth", "Leaford")  # fmt: skip
AREAS = ("Mercia", "Northern Dales", "Severn", "Fenland", "Thames Reach", "Solent", "Pennine",
         "Weald", "Tamar", "Humber", "Trent", "Cheviot", "Anglia Coast", "Gwent")  # fmt: skip
